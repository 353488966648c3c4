#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'Libraries in a session with others of their name' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $env:OTHER_YAML = Join-Path $TestDrive YamlDotNet.dll
        Invoke-Fresh {
            Add-Type -OutputAssembly $env:OTHER_YAML -TypeDefinition @'
                [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
                namespace YamlDotNet { public static class Other { public static string Name => "other"; } }
'@
        }
    }

    AfterAll { Remove-Item Env:OTHER_YAML }

    It 'uses its own YamlDotNet when the session has another already' {
        Invoke-Fresh {
            Add-Type -Path $env:OTHER_YAML
            Import-Module $Manifest
            Import-Module $Probe
            Test-KubeProbe a
            $private = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ MultiCluster
            $private.LoadFromAssemblyName('YamlDotNet').GetName().Version.Major -gt 1
            [YamlDotNet.Other]::Name
        } | Should -Be 'a/0', 'True', 'other'
    }

    It 'leaves the session free to load another YamlDotNet afterwards' {
        Invoke-Fresh {
            Import-Module $Manifest
            Import-Module $Probe
            $null = Test-KubeProbe a
            $private = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ MultiCluster
            $null = $private.LoadFromAssemblyName('YamlDotNet')
            Add-Type -Path $env:OTHER_YAML
            [YamlDotNet.Other]::Name
            Test-KubeProbe a
        } | Should -Be 'other', 'a/0'
    }

    It 'puts only the module assembly where the session can see it' {
        Invoke-Fresh {
            Import-Module $Manifest
            Import-Module $Probe
            $null = Test-KubeProbe a
            $own = (Get-ChildItem (Join-Path (Split-Path $Manifest) Dependencies) -Filter *.dll).BaseName
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { $_.GetName().Name -in $own } | ForEach-Object Location
        } | Should -BeNullOrEmpty
    }
}
