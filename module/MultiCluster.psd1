@{
    RootModule = 'MultiCluster.Module.dll'
    ModuleVersion = '0.0.0'
    GUID = '7d0c6a3e-2f0b-4c55-9a41-6f3f0c1f7f52'

    Author = 'MultiCluster maintainers'
    CompanyName = 'MultiCluster maintainers'
    Copyright = '(c) 2026 MultiCluster maintainers. MIT License.'
    Description = 'Many Kubernetes clusters as one: select any number of them, ask them all at once, and get typed objects that carry their cluster, for Where-Object, Group-Object and Sort-Object to work on. A cluster that fails is an error of its own and delays no other.'

    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')

    # Filled in by the build: what lies next to this file, and the commands of src/MultiCluster.Module/Commands.
    FormatsToProcess = @()
    TypesToProcess = @()
    CmdletsToExport = @()

    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()

    PrivateData = @{
        PSData = @{
            # The build puts the ProjectAddress of Directory.Build.props in the place of project.invalid.
            ProjectUri = 'https://project.invalid'
            LicenseUri = 'https://project.invalid/blob/main/LICENSE'
            IconUri = 'https://project.invalid/raw/main/module/icon.png'
            ReleaseNotes = 'https://project.invalid/blob/main/CHANGELOG.md'
            Tags = @('Kubernetes', 'kubectl', 'k8s', 'multicluster', 'DevOps', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
