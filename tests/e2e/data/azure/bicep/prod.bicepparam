using './main.bicep'

var first = 'spoke-1'

param location = 'westeurope'
param environmentName = 'prod'
param sharedKey = readEnvironmentVariable('SHARED_KEY')
param spokes = [
  {
    name: first
    range: '10.1.0.0/24'
  }
]
