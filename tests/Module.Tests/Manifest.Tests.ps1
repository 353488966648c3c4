#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'The manifest' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $info = Test-ModuleManifest $Manifest -ErrorAction Stop
        $data = Import-PowerShellDataFile $Manifest
    }

    It 'is for PowerShell 7.6 and newer' {
        $info.PowerShellVersion | Should -Be '7.6'
        $info.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'says what the gallery shows: <_>' -ForEach 'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'Kubernetes' {
        $info.Tags | Should -Contain $_
    }

    It 'says what it is, and has its licence, a readme and an icon beside it' {
        $info.Description | Should -Not -BeNullOrEmpty
        'LICENSE', 'README.md', 'icon.png' | ForEach-Object { Join-Path $Layout $_ | Should -Exist }
    }

    It 'leads with <_> to the one address of Directory.Build.props' -ForEach 'ProjectUri', 'LicenseUri', 'IconUri', 'ReleaseNotes' {
        $address = ([xml] (Get-Content -Raw "$PSScriptRoot/../../Directory.Build.props")).SelectSingleNode('//ProjectAddress').InnerText
        $address | Should -Match '^https://'
        "$($info.PrivateData.PSData[$_])" | Should -BeLike "$address*"
    }

    It 'names every cmdlet, without wildcards, and exports nothing else' {
        $data.CmdletsToExport | Should -Not -BeNullOrEmpty
        $data.CmdletsToExport -match '[*?]' | Should -BeNullOrEmpty
        $data.FunctionsToExport | Should -BeNullOrEmpty
        $data.VariablesToExport | Should -BeNullOrEmpty
        $data.AliasesToExport | Should -BeNullOrEmpty
    }

    It 'names every format and type file that lies next to it' {
        $files = (Get-ChildItem $Layout -Filter *.ps1xml).Name | Sort-Object
        @($data.FormatsToProcess) + @($data.TypesToProcess) | Where-Object { $_ } | Sort-Object | Should -Be $files
    }
}
