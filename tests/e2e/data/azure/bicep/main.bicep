targetScope = 'subscription'

metadata description = 'A hub with a tunnel and a cluster.'

@description('Where everything goes.')
param location string

@description('Which of the environments this is.')
@allowed([
  'dev'
  'prod'
])
param environmentName string

@description('The key of the tunnel.')
@secure()
param sharedKey string

@description('Address ranges of the hub.')
@minLength(1)
param ranges string[] = [
  '10.0.0.0/16'
]

@description('Spokes beside the hub.')
param spokes array = []

var tags = {
  environment: environmentName
  'managed-by': 'groma'
}

resource hubGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-hub-${environmentName}'
  location: location
  tags: tags
}

module network 'modules/network.bicep' = {
  name: 'network'
  scope: hubGroup
  params: {
    location: location
    tags: tags
    ranges: ranges
    sharedKey: sharedKey
    sku: environmentName == 'prod' ? 'VpnGw2AZ' : 'VpnGw1AZ'
  }
}

module spokeNetworks 'modules/spoke.bicep' = [for (spoke, i) in spokes: {
  name: 'spoke-${i}'
  scope: hubGroup
  params: {
    location: location
    name: spoke.name
    range: spoke.range
    hubId: network.outputs.virtualNetworkId
  }
}]

output virtualNetworkId string = network.outputs.virtualNetworkId
output spokeIds array = [for i in range(0, length(spokes)): spokeNetworks[i].outputs.virtualNetworkId]
