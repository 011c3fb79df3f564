data "azurerm_client_config" "current" {}

data "azurerm_subscription" "current" {}

variable "subscription_id" {
  description = "Where everything goes."
  type        = string
}

variable "shared_key" {
  description = "The key of the tunnel."
  type        = string
  sensitive   = true
}

resource "azurerm_resource_group" "hub" {
  name     = "rg-hub"
  location = "westeurope"
  tags     = { environment = "test" }
}

module "network" {
  source         = "./network"
  location       = azurerm_resource_group.hub.location
  resource_group = azurerm_resource_group.hub.name
  ranges         = ["10.0.0.0/26", "10.0.1.0/24"]
}

resource "azurerm_public_ip" "gateway" {
  name                = "pip-gateway"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
}

resource "azurerm_virtual_network_gateway" "vpn" {
  name                = "vgw-hub"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  type                = "Vpn"
  sku                 = "VpnGw2AZ"
  generation          = "Generation2"

  ip_configuration {
    subnet_id            = module.network.subnet_ids[0]
    public_ip_address_id = azurerm_public_ip.gateway.id
  }

  bgp_settings {
    asn = 65515
  }
}

resource "azurerm_local_network_gateway" "office" {
  name                = "lgw-office"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  gateway_address     = "203.0.113.10"
  address_space       = ["192.168.0.0/16"]
}

resource "azurerm_virtual_network_gateway_connection" "office" {
  name                       = "con-office"
  location                   = azurerm_resource_group.hub.location
  resource_group_name        = azurerm_resource_group.hub.name
  type                       = "IPsec"
  virtual_network_gateway_id = azurerm_virtual_network_gateway.vpn.id
  local_network_gateway_id   = azurerm_local_network_gateway.office.id
  shared_key                 = var.shared_key

  ipsec_policy {
    dh_group         = "DHGroup24"
    ike_encryption   = "AES256"
    ike_integrity    = "SHA256"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "PFS24"
    sa_lifetime      = 27000
  }
}

resource "azurerm_express_route_circuit" "main" {
  name                  = "erc-main"
  location              = azurerm_resource_group.hub.location
  resource_group_name   = azurerm_resource_group.hub.name
  service_provider_name = "Equinix"
  peering_location      = "Amsterdam"
  bandwidth_in_mbps     = 1000

  sku {
    tier   = "Premium"
    family = "MeteredData"
  }
}

resource "azurerm_kubernetes_cluster" "main" {
  name                = "aks-main"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  dns_prefix          = "main"

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D4s_v5"
    node_count     = 3
    vnet_subnet_id = module.network.subnet_ids[1]
  }

  identity {
    type = "SystemAssigned"
  }

  node_provisioning_profile {
    mode = "Manual"
  }
}

resource "azurerm_role_assignment" "pull" {
  scope                = azurerm_resource_group.hub.id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id
}

resource "azapi_resource" "quota" {
  type      = "Microsoft.Quota/quotas@2025-09-01"
  name      = "standardNDSH100v5Family"
  parent_id = "${data.azurerm_subscription.current.id}/providers/Microsoft.Compute/locations/westeurope"
  body = {
    properties = {
      name  = { value = "standardNDSH100v5Family" }
      limit = { limitObjectType = "LimitValue", value = 96 }
    }
  }
}

output "cluster_id" {
  description = "The cluster."
  value       = azurerm_kubernetes_cluster.main.id
}

output "tenant_id" {
  description = "Whose it is."
  value       = data.azurerm_client_config.current.tenant_id
}
