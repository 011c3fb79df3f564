# SPDX-License-Identifier: Apache-2.0
"""Turns what azurerm's own checks answer to a bogus value into rules that a program can hold a value against.

A rule of the table has any of: enum [words], range [least, most], length [least, most], pattern (for Python, ECMAScript
and RE2 alike), is (a kind of text, see KINDS), says (a sentence that no program here understands). A value that meets any
one of enum, range, pattern and is meets the rule: the provider joins its checks with "or" where it has several, and one
bogus value cannot tell which. Length holds beside a pattern."""
import re

# By what the provider says of a bogus value.
KINDS = [
    (r"IPV4 address and/or slash", "ip_range"),
    (r"valid CIDR Value", "cidr"),
    (r"valid IPv4 address", "ipv4"),
    (r"contain a valid IP,", "ip"),
    (r"valid UUID", "uuid"),
    (r"as a resource id|as an \w+ ID: parsing Azure ID|Management Group ID", "id"),
    (r"valid RFC3339 date", "date"),
    (r"expected 'P' period mark", "period"),
    (r"parsed as a duration", "duration"),
    (r"invalid JSON", "json"),
    (r"base64 string", "base64"),
    (r"URL", "url"),
]
# What the sentences about characters mean. The first that is found in the sentence counts.
PATTERNS = [
    (r"expected `number` or `num1-num2`", r"^[0-9]+(-[0-9]+)?$"),
    (r"alphanumeric characters, dash, underscores, parentheses and periods", r"^[\w\-.()]*[\w\-()]$"),
    (r"only contain alphanumeric characters, dashes, full-stops and underscores", r"^[\w\-.]+$"),
    (r"only contain alphanumeric characters and dashes", r"^[a-zA-Z0-9-]+$"),
    (r"alpha numeric characters only|must be alphanumeric, and between", r"^[a-zA-Z0-9]+$"),
    (r"lowercase alphanumeric characters and hyphens", r"^[a-z0-9-]+$"),
    (r"begin with a lowercase letter, contain only lowercase letters and numbers", r"^[a-z][a-z0-9]*$"),
    (r"only consist of lowercase letters and numbers", r"^[a-z0-9]+$"),
    (r"start with a lower case letter, end with a lower case letter or number", r"^[a-z][a-z0-9-]*[a-z0-9]$"),
    (r"begin and end with a letter or number, contain only letters, numbers, and hyphens",
     r"^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$"),
    (r"begin with a letter, contain only letters, numbers, underscores and hyphens", r"^[a-zA-Z][\w-]*$"),
    (r"start with letters or numbers and contains only letters, numbers, underscore or hyphens", r"^[a-zA-Z0-9][\w-]*$"),
    (r"start with letters and contains only letters, numbers, underscore or hyphens", r"^[a-zA-Z][\w-]*$"),
    (r"start with letters and contains only letters, numbers or hyphens", r"^[a-zA-Z][a-zA-Z0-9-]*$"),
    (r"contains only letters, numbers, underscore or hyphens", r"^[\w-]+$"),
    (r"start with a letter, contain only letters, numbers and hyphens", r"^[a-zA-Z][a-zA-Z0-9-]*$"),
    (r"begin with a letter(?: or number)?, end with a letter, number or underscore", r"^[a-zA-Z0-9](?:[\w.-]*\w)?$"),
    (r"begin with a letter or number, end with a letter or number", r"^[a-zA-Z0-9](?:[\w.-]*[a-zA-Z0-9])?$"),
    (r"start with an alphanumeric, end with an alphanumeric or underscore", r"^[a-zA-Z0-9](?:[\w.-]*\w)?$"),
    (r"Availability set name can contain only", r"^[a-zA-Z0-9](?:[\w.-]{0,78}\w)?$"),
    (r"contains only a-z, A-Z, 0-9 and _", r"^\w+$"),
    (r"start with a letter and end with a letter or number", r"^[a-zA-Z].*[a-zA-Z0-9]$"),
    (r"must start with /", r"^/"),
    (r"begin with `Standard_`", r"^Standard_"),
    (r"cannot contain whitespace", r"^\S*$"),
    (r"suffix `\.azure\.privatelinkservice`", r"\.azure\.privatelinkservice$"),
    (r"expected \"x:y\"", r"^\d+:\d+$"),
    (r"format HHmm", r"^([01]\d|2[0-3]):?[0-5]\d$"),
    (r"represents a positive number", r"^[1-9]\d*$"),
]
# Where the provider joins checks of addresses, ranges of them and more with "or", and a bogus value shows one of them only.
ADDRESSES = re.compile(r"(^|\.)(private_ip_ranges|(source|destination)_addresse?s?|ip_addresses)$")
NUMBER = r"(-?[\d.]+)"


def number(text: str):
    return float(text) if "." in text and not text.endswith(".0") else int(float(text))


def of_message(text: str) -> dict:
    found = re.search(rf"in the range \({NUMBER} - {NUMBER}\)", text) or re.search(rf"can only be between {NUMBER} and {NUMBER}$", text)
    if found:
        return {"range": [number(found[1]), number(found[2])]}
    found = re.search(rf"at least \({NUMBER}\)", text)
    if found:
        return {"range": [number(found[1]), None]}
    if re.search(rf"be > {NUMBER}", text):
        # Prices of spot machines, for which -1 means any.
        return {"range": [-1, None]}
    if "valid port number" in text:
        return {"range": [1, 65535]}
    found = re.search(r"to be one of \[([\d ]+)\]", text)
    if found:
        return {"enum": [int(one) for one in found[1].split()]}
    found = re.search(r'to match regular expression "(.*)", got', text)
    if found:
        # Go lets a class begin a range that Python and ECMAScript refuse.
        return {"pattern": found[1].replace("\\\\", "\\").replace(r"[\w-.]", r"[\w.-]")}
    out = {}
    found = re.search(r"between (\d+) (?:and|-|to) (\d+) char", text) or re.search(r"be (\d+) - (\d+) characters", text)
    if found:
        out["length"] = [int(found[1]), int(found[2])]
    found = re.search(r"maximum length of (\d+)|up to (\d+) characters|not exceed (\d+) char", text)
    if found and not out:
        out["length"] = [1, int(next(filter(None, found.groups())))]
    for sentence, pattern in PATTERNS:
        if re.search(sentence, text):
            return {**out, "pattern": pattern}
    for sentence, kind in KINDS:
        if re.search(sentence, text):
            return {"is": kind}
    return {**out, "says": text.replace('"\x01bogus value\x01"', "it").replace("bogus value", "it").removeprefix("invalid value for x ")}


def of_attribute(path: str, given: dict) -> dict:
    out = {word: given[word] for word in ("enum", "conflicts_with", "exactly_one_of", "at_least_one_of", "required_with",
                                          "force_new", "default") if word in given}
    if "rule" in given:
        out.update({word: what for word, what in of_message(given["rule"]).items() if word not in out})
    if ADDRESSES.search(path) and "is" in out:
        out["is"] = "addresses"
    if "elem" in given:
        out["elem"] = of_attribute(path, given["elem"])
    return out
