# SPDX-License-Identifier: Apache-2.0
"""Has the real Terraform read, plan and apply a folder, offline, with the provider of tests/terraform-provider.

    checked = terraform.check(folder, version="4", variables={"shared_key": "x"}, unchecked={"Microsoft.X/y"})
    checked.complaints      what Terraform or the provider said, as "step: file:line: text"; empty if all is well
    checked.resources       what it planned: [Resource(address, type, name, values, mode)], UNKNOWN where only a cloud knows

The folder stays as it is. Its backend is replaced by a local one. What azapi_resource holds is judged by arm.py, but for the
types in `unchecked`, which a plan named itself.
"""
import contextlib
import dataclasses
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import tempfile

import arm
import azure_types
import terraform_lint
from azure_types import Value

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ROOT / "compiler/resources/schema"
PROVIDERS = {
    "4": {"hashicorp/azurerm": ("4.73.0", "azurerm_4.jsonl"), "azure/azapi": ("2.12.0", "azapi.jsonl")},
    "5": {"hashicorp/azurerm": ("5.2.0", "azurerm_5.jsonl"), "azure/azapi": ("2.12.0", "azapi.jsonl")},
}
# What is known only once a resource was made.
UNKNOWN = "\x00unknown"
HANG_SECONDS = 300


@dataclasses.dataclass
class Resource:
    address: str
    type: str
    name: str
    values: dict
    mode: str = "managed"
    # The attributes that somebody wrote, whatever they are going to be.
    given: frozenset = frozenset()


@dataclasses.dataclass
class Checked:
    complaints: list[str] = dataclasses.field(default_factory=list)
    resources: list[Resource] = dataclasses.field(default_factory=list)


def provider_binary() -> pathlib.Path:
    return pathlib.Path(os.environ.get("GROMA_TERRAFORM_PROVIDER", ROOT / "build/release/bin/terraform_provider"))


def missing() -> str:
    """Why nothing can be checked here, or nothing."""
    if shutil.which("terraform") is None:
        return "Terraform is not installed"
    if not provider_binary().is_file():
        return "the provider of tests/terraform-provider was not built"
    return ""


class Workspace:
    """A copy of a folder, with a mirror of providers beside it."""

    def __init__(self, folder: pathlib.Path, room: pathlib.Path, version: str, variables: dict):
        self.work = room / "work"
        ignored = shutil.ignore_patterns(".terraform*", "*.tfstate*")
        shutil.copytree(folder, self.work, ignore=ignored)
        for given in self.work.glob("*.tfvars"):  # as if -var-file named it
            given.rename(given.with_suffix(".auto.tfvars"))
        system = f"{platform.system().lower()}_{ {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine())}"
        for address, (number, table) in PROVIDERS[version].items():
            name = address.split("/")[1]
            program = room / "mirror/registry.terraform.io" / address / number / system / f"terraform-provider-{name}_v{number}"
            program.parent.mkdir(parents=True)
            program.write_text(f"#!/bin/sh\nexec '{provider_binary()}' '{TABLES / table}'\n")
            program.chmod(0o755)
        (room / "terraform.rc").write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{room / "mirror"}"\n  }}\n}}\n')
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(room), "TF_CLI_CONFIG_FILE": str(room / "terraform.rc"), "TF_DISABLE_PLUGIN_TLS": "1",
            "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", **{f"TF_VAR_{name}": value for name, value in variables.items()},
        }

    def use_local_backend(self) -> None:
        (self.work / "zz_groma_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(["terraform", *arguments], cwd=self.work, env=self.environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=HANG_SECONDS, check=False)


def said(output: str) -> list[str]:
    """The errors of a command that was run with -json: of `validate` in one object, of others a message a line."""
    found = []
    for line in [output] if output.lstrip().startswith("{\n") else output.splitlines():
        with contextlib.suppress(json.JSONDecodeError):
            message = json.loads(line)
            found += message.get("diagnostics", [message["diagnostic"]] if "diagnostic" in message else [])
    out = []
    for one in found:
        if one["severity"] == "error":
            place = f"{one['range']['filename']}:{one['range']['start']['line']}: " if "range" in one else ""
            out.append(f"{place}{one['summary']}: {' '.join(one.get('detail', '').split())}")
    return out


def merged(after, unknown):
    """Planned values with UNKNOWN where a plan has none."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict):
        after = after if isinstance(after, dict) else {}
        return {name: merged(after.get(name), unknown.get(name)) for name in {**after, **unknown}}
    if isinstance(unknown, list):
        after = after if isinstance(after, list) else []
        return [merged(after[i] if i < len(after) else None, unknown[i] if i < len(unknown) else None) for i in range(max(len(after), len(unknown)))]
    return after


def written_in(module: dict, path: str = "") -> dict[str, frozenset]:
    """What is written of each resource, by its address without indices."""
    out = {path + one["address"]: frozenset(one.get("expressions", {})) for one in module.get("resources", [])}
    for name, call in module.get("module_calls", {}).items():
        out.update(written_in(call.get("module", {}), f"{path}module.{name}."))
    return out


def resources_of(plan: dict) -> list[Resource]:
    out = []
    written = written_in(plan.get("configuration", {}).get("root_module", {}))
    for change in plan.get("resource_changes", []):
        if change["change"]["after"] is not None:
            values = merged(change["change"]["after"], change["change"].get("after_unknown"))
            given = written.get(re.sub(r'\[(\d+|"[^"]*")\]', "", change["address"]), frozenset())
            out.append(Resource(change["address"], change["type"], change["name"], values, change["mode"], given))
    return out


def as_value(given) -> Value:
    if given == UNKNOWN:
        return Value("open")
    if isinstance(given, dict):
        return Value("object", {name: as_value(one) for name, one in given.items()})
    return Value("array", [as_value(one) for one in given]) if isinstance(given, list) else azure_types.of_json(given)


def azapi_complaints(resource: Resource, unchecked) -> list[str]:
    """azapi takes the name, the location, the tags and the identity of a resource as attributes beside its body."""
    values = resource.values
    # What is only looked up was written by somebody else.
    if resource.mode == "data":
        return []
    body = as_value(values["body"]) if values.get("body") is not None else Value("object", {})
    if body.kind != "object":
        return []
    content = {**body.content, **{name: as_value(values[name]) for name in ("name", "location", "tags") if name in resource.given}}
    known = values.get("identity")
    for identity in known if isinstance(known, list) else []:
        content["identity"] = as_value({"type": identity["type"]})
    return [f"plan: {text}" for text in arm.check_body(values["type"], Value("object", content), resource.address, unchecked)]


def check(folder, version: str = "4", variables: dict | None = None, unchecked=(), is_quick: bool = False, var_file: str = "") -> Checked:
    """Everything that Terraform has to say of a folder; what comes after the first step that fails is not tried. A quick check
    ends with `validate`. The file of variables is named from the folder."""
    files = [f"-var-file={var_file}"] if var_file else []
    out = Checked()
    with tempfile.TemporaryDirectory() as room:
        space = Workspace(pathlib.Path(folder), pathlib.Path(room), version, variables or {})

        def step(name: str, *arguments: str) -> bool:
            result = space.run(*arguments)
            if result.returncode != 0:
                texts = said(result.stdout) or [" ".join((result.stderr or result.stdout).split())[:2000]]
                out.complaints.extend(f"{name}: {text}" for text in texts)
            return result.returncode == 0

        form = space.run("fmt", "-check", "-recursive", "-diff", "-no-color")
        if form.returncode != 0:
            out.complaints.append(f"fmt: {(form.stdout + form.stderr).strip()[:2000]}")
        out.complaints += terraform_lint.unused(space.work)
        space.use_local_backend()
        if not step("init", "init", "-input=false", "-no-color") or not step("validate", "validate", "-json") or is_quick:
            return out
        if not step("plan", "plan", "-input=false", "-json", "-out=plan", *files):
            return out
        plan = json.loads(space.run("show", "-json", "plan").stdout)
        out.complaints += terraform_lint.secrets(plan, [TABLES / table for _, table in PROVIDERS[version].values()])
        out.resources = resources_of(plan)
        for one in out.resources:
            if one.type in ("azapi_resource", "azapi_update_resource"):
                out.complaints += azapi_complaints(one, unchecked)
        if not step("apply", "apply", "-input=false", "-json", "plan"):
            return out
        again = space.run("plan", "-input=false", "-no-color", "-detailed-exitcode", *files)
        if again.returncode != 0:
            out.complaints.append(f"second plan: {(again.stdout + again.stderr).strip()[-2000:]}")
    return out
