terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.12"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.73.0, < 6.0.0"
    }
  }

  backend "azurerm" {
    resource_group_name  = "rg-state"
    storage_account_name = "ststate"
    container_name       = "state"
    key                  = "network.tfstate"
  }
}

provider "azurerm" {
  features {}
  subscription_id = var.subscription_id
}

provider "azapi" {}
