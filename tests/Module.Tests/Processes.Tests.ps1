#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'A process of its own' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $sandbox = Start-Sandbox (Join-Path $TestDrive fleet) 2
        $env:KUBECONFIG = Join-Path $TestDrive fleet
    }

    AfterAll {
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'runs a job of the module, and ends with it' {
        Invoke-Fresh {
            Import-Module $Manifest
            $null = Select-KubeCluster *
            $job = Watch-KubeResource node -AsJob
            while ($job.ChildJobs | Where-Object { $_.Output.Count -lt 3 }) { Start-Sleep -Milliseconds 20 }
            (Receive-Job $job).ClusterName | Sort-Object -Unique
            $job.State
        } | Should -Be 'prod-eu', 'prod-us', 'Running'
    }

    It 'refuses to change a protected cluster where nobody can be asked' {
        $lines = Invoke-Fresh {
            Import-Module $Manifest
            $null = Select-KubeCluster *
            Set-KubeCluster prod-eu -Protected
            Suspend-KubeNode * -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId
            (Get-KubeResource node | Where-Object Unschedulable).ClusterName | Sort-Object -Unique
        }
        $lines[0] | Should -BeLike 'Kube.Protected,*'
        $lines | Select-Object -Skip 1 | Should -Be prod-us
    }
}
