# SPDX-License-Identifier: Apache-2.0
"""The same amount of comparable text for other compilers: HCL for terraform, jsonnet, CUE."""


def hcl(lines: int) -> str:
    """Variables, locals and outputs only: `terraform validate` needs no provider for them."""
    parts = ['variable "growth" {\n  type    = number\n  default = 1\n}\n']
    for i in range(lines // 24 + 1):
        parts.append(f'''
variable "hall_{i}" {{
  type = object({{
    it_power = number
    cooling  = number
    racks    = number
    timezone = string
  }})
  default = {{
    it_power = {400 + i * 7 % 400}
    cooling  = 900
    racks    = {18 + i % 30}
    timezone = "Europe/Amsterdam"
  }}
}}
locals {{
  nodes_{i} = {32 + i % 5 * 4} * var.growth
  power_{i} = local.nodes_{i} * 10.2
  fits_{i}  = local.power_{i} <= var.hall_{i}.it_power
}}
output "fits_{i}" {{
  value = local.fits_{i}
}}
''')
    return "".join(parts)


def jsonnet(lines: int) -> str:
    parts = ["local growth = 1.0;\n{\n"]
    for i in range(lines // 12 + 1):
        parts.append(f'''  hall_{i}: {{
    local hall = self,
    it_power: {400 + i * 7 % 400},
    cooling: 900,
    racks: {18 + i % 30},
    timezone: "Europe/Amsterdam",
    nodes: {32 + i % 5 * 4} * growth,
    power: hall.nodes * 10.2,
    assert hall.cooling >= hall.it_power : "what the machines draw must be carried away",
    fits: hall.power <= hall.it_power,
  }},

''')
    return "".join(parts) + "}\n"
