#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'Importing the module' {
    BeforeAll { . $PSScriptRoot/Support.ps1 }

    It 'exports what the manifest names' {
        $exported = Invoke-Fresh { Import-Module $Manifest; (Get-Command -Module MultiCluster).Name | Sort-Object }
        $exported | Should -Be ((Import-PowerShellDataFile $Manifest).CmdletsToExport | Sort-Object)
    }

    It 'writes nothing and fails nowhere' {
        Invoke-Fresh { Import-Module $Manifest; $Error.Count } | Should -Be '0'
    }

    It 'loads the engine alone and runs nothing of it, so it reads no kubeconfig and opens no connection' {
        Invoke-Fresh {
            Import-Module $Manifest
            $own = 'MultiCluster.Module', (Get-ChildItem (Join-Path (Split-Path $Manifest) Dependencies) -Filter *.dll).BaseName | ForEach-Object { $_ }
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -in $own }
        } | Should -Be 'MultiCluster.Module', 'MultiCluster' # the engine for the names of its types, and nothing that it reads kubeconfigs with
    }

    It 'works twice, after a removal, and with -Force' {
        Invoke-Fresh {
            Import-Module $Manifest
            Import-Module $Manifest
            Remove-Module MultiCluster
            Import-Module $Manifest
            Import-Module $Manifest -Force
            Import-Module $Probe
            Test-KubeProbe a
        } | Should -Be 'a/0'
    }

    It 'leaves nothing behind when removed' {
        Invoke-Fresh {
            Import-Module $Manifest
            Remove-Module MultiCluster
            @(Get-Command -Module MultiCluster).Count
            @(Get-Module MultiCluster).Count
        } | Should -Be '0', '0'
    }

    It 'works in several runspaces at once' {
        Invoke-Fresh {
            1..4 | ForEach-Object -Parallel {
                Import-Module $using:Manifest
                Import-Module $using:Probe
                Test-KubeProbe "r$_"
            } -ThrottleLimit 4 | Sort-Object
        } | Should -Be 'r1/0', 'r2/0', 'r3/0', 'r4/0'
    }

    It 'works on in one runspace when another removes it' {
        Invoke-Fresh {
            Import-Module $Manifest
            Import-Module $Probe
            $other = [powershell]::Create()
            $null = $other.AddScript("Import-Module '$Manifest'; Remove-Module MultiCluster").Invoke()
            $other.Dispose()
            Test-KubeProbe a
        } | Should -Be 'a/0'
    }

    It 'is allowed where the language is constrained' {
        Invoke-Fresh {
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Import-Module $Manifest
            (Get-Module MultiCluster).Name
        } | Should -Be 'MultiCluster'
    }
}
