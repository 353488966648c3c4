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

Describe 'KubernetesClient' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $sandbox = Start-Sandbox (Join-Path $TestDrive fleet) 1
        $env:KUBECONFIG = Join-Path $TestDrive fleet
    }

    AfterAll {
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'is loaded by the first typed use, privately, and by nothing before' {
        Invoke-Fresh {
            function Loaded { [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'KubernetesClient', 'Fractions' } }
            Import-Module $Manifest
            Get-Command -Module MultiCluster -Syntax | Out-Null
            $null = Select-KubeCluster prod-eu
            $pods = Get-KubeResource pod -AllNamespaces
            $pods | Out-String | Out-Null
            $pods[0] | ConvertTo-KubeYaml | Out-Null
            $pods[0] | Get-KubeLog -Tail 1 | Out-Null
            Remove-KubeResource -InputObject $pods[0] -DryRun -Confirm:$false | Out-Null
            "before: $(@(Loaded).Count)"
            (Get-KubeClient).CoreV1.ReadNamespacedPod($pods[0].Name, $pods[0].Namespace).Name -eq $pods[0].Name
            "after: $(Loaded | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object -Unique)"
        } | Should -Be 'before: 0', 'True', 'after: MultiCluster'
    }
}
