@description('Where everything goes.')
param location string

@description('What the network is called.')
param name string

@description('Its addresses.')
param range string

@description('The network in the middle.')
param hubId string

@description('Whether the hub is reached.')
param isPeered bool = true

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: name
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        range
      ]
    }
  }
}

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-09-01' = if (isPeered) {
  parent: virtualNetwork
  name: 'to-hub'
  properties: {
    allowForwardedTraffic: true
    remoteVirtualNetwork: {
      id: hubId
    }
  }
}

output virtualNetworkId string = virtualNetwork.id
