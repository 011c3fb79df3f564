terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.73.0, < 6.0.0"
    }
  }
}

variable "location" {
  type = string
}

variable "resource_group" {
  type = string
}

variable "ranges" {
  type = list(string)

  validation {
    condition     = length(var.ranges) == 2
    error_message = "One range for the gateway, one for the cluster."
  }
}

resource "azurerm_virtual_network" "hub" {
  name                = "vnet-hub"
  location            = var.location
  resource_group_name = var.resource_group
  address_space       = ["10.0.0.0/16"]
}

resource "azurerm_subnet" "all" {
  count                = length(var.ranges)
  name                 = count.index == 0 ? "GatewaySubnet" : "snet-cluster"
  resource_group_name  = var.resource_group
  virtual_network_name = azurerm_virtual_network.hub.name
  address_prefixes     = [var.ranges[count.index]]
}

resource "azurerm_network_security_group" "cluster" {
  name                = "nsg-cluster"
  location            = var.location
  resource_group_name = var.resource_group

  security_rule {
    name                       = "allow-https"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "10.0.0.0/8"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "443"
  }
}

resource "azurerm_subnet_network_security_group_association" "cluster" {
  subnet_id                 = azurerm_subnet.all[1].id
  network_security_group_id = azurerm_network_security_group.cluster.id
}

output "subnet_ids" {
  value = azurerm_subnet.all[*].id
}
