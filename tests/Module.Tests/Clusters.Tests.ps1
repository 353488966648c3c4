#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'The clusters of a session' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $env:KUBECONFIG = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $env:KUBECONFIG 2
        Import-Module $Manifest
    }

    AfterAll {
        Remove-Module MultiCluster
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'work in another runspace that has no selection' {
        $cluster = Select-KubeCluster prod-eu -NoConnect
        $found = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            (Get-KubeNamespace web -Cluster $using:cluster).ClusterName
            (Get-KubeCluster -Selected).Count
        }
        $found | Sort-Object | Should -Be 0, 0, 'prod-eu', 'prod-eu'
    }

    It 'are let go when their runspace closes' {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $cluster = $shell.AddScript("Import-Module '$Manifest'; Select-KubeCluster prod-us").Invoke()[0]
        $cluster.State | Should -Be Ready
        $shell.Dispose()
        $runspace.Dispose()
        $cluster.State | Should -Be Disconnected
    }

    It 'are let go when the module is removed' {
        $shell = [powershell]::Create()
        $cluster = $shell.AddScript("Import-Module '$Manifest'; Select-KubeCluster prod-us; Remove-Module MultiCluster").Invoke()[0]
        $shell.Streams.Error | Should -BeNullOrEmpty
        $cluster.State | Should -Be Disconnected
        $shell.Dispose()
    }

    It 'can be listed under a prefix' {
        Invoke-Fresh { Import-Module $Manifest -Prefix My; (Get-MyKubeCluster).Count; (Get-Command Get-KubeCluster -ErrorAction Ignore).Count } | Should -Be 2, 0
    }
}
