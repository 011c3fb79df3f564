@description('Where everything goes.')
param location string

@description('What everything is marked with.')
param tags object

@description('Address ranges of the hub.')
param ranges string[]

@description('The size of the gateway.')
param sku 'VpnGw1AZ' | 'VpnGw2AZ' | 'VpnGw3AZ'

@description('The key of the tunnel.')
@secure()
param sharedKey string

// The gateway of the tunnel has the first subnet.
var subnets = [
  {
    name: 'GatewaySubnet'
    properties: {
      addressPrefix: cidrSubnet(ranges[0], 27, 0)
    }
  }
]

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: 'vnet-hub'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ranges
    }
    subnets: subnets
  }

  resource gatewaySubnet 'subnets' existing = {
    name: 'GatewaySubnet'
  }
}

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2025-09-01' = {
  name: 'nsg-cluster'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'allow-https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '10.0.0.0/8'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2025-09-01' = {
  name: 'pip-gateway'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  zones: [
    '1'
    '2'
    '3'
  ]
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource gateway 'Microsoft.Network/virtualNetworkGateways@2025-09-01' = {
  name: 'vgw-hub'
  location: location
  tags: tags
  properties: {
    gatewayType: 'Vpn'
    vpnType: 'RouteBased'
    vpnGatewayGeneration: 'Generation2'
    enableBgp: true
    sku: {
      name: sku
      tier: sku
    }
    bgpSettings: {
      asn: 65515
    }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: {
            id: virtualNetwork::gatewaySubnet.id
          }
          publicIPAddress: {
            id: address.id
          }
        }
      }
    ]
  }
}

resource office 'Microsoft.Network/localNetworkGateways@2025-09-01' = {
  name: 'lgw-office'
  location: location
  tags: tags
  properties: {
    gatewayIpAddress: '203.0.113.10'
    localNetworkAddressSpace: {
      addressPrefixes: [
        '192.168.0.0/16'
      ]
    }
  }
}

resource connection 'Microsoft.Network/connections@2025-09-01' = {
  name: 'con-office'
  location: location
  tags: tags
  properties: {
    connectionType: 'IPsec'
    virtualNetworkGateway1: {
      id: gateway.id
      properties: {}
    }
    localNetworkGateway2: {
      id: office.id
      properties: {}
    }
    sharedKey: sharedKey
    ipsecPolicies: [
      {
        dhGroup: 'DHGroup24'
        ikeEncryption: 'AES256'
        ikeIntegrity: 'SHA256'
        ipsecEncryption: 'GCMAES256'
        ipsecIntegrity: 'GCMAES256'
        pfsGroup: 'PFS24'
        saDataSizeKilobytes: 102400000
        saLifeTimeSeconds: 27000
      }
    ]
  }
}

resource accounts 'Microsoft.Storage/storageAccounts@2026-04-01' = [for suffix in ['a', 'b']: {
  name: 'st${uniqueString(resourceGroup().id)}${suffix}'
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    minimumTlsVersion: 'TLS1_2'
  }
}]

resource services 'Microsoft.Storage/storageAccounts/blobServices@2026-04-01' = [for i in range(0, 2): {
  parent: accounts[i]
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 30
    }
  }
}]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: virtualNetwork
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
  }
}

output virtualNetworkId string = virtualNetwork.id
