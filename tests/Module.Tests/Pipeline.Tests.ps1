#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'A cmdlet that asks many clusters' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Import-Module $Manifest
        Import-Module $Probe
        function Get-Running { [MultiCluster.Module.Tests.Pipeline.ProbeCommand]::Running }
    }

    It 'writes the objects of the clusters that answer and an error for each that fails' {
        $objects = Test-KubeProbe a, b -Failing c -ErrorVariable failures -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $objects | Sort-Object | Should -Be 'a/0', 'b/0'
        $failures | Should -HaveCount 1
    }

    It 'says in the error which cluster, what kind, and what to do' {
        $null = Test-KubeProbe -Failing c -ErrorVariable failures -ErrorAction SilentlyContinue
        $failure = $failures[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'Kube.Forbidden,*'
        $failure.CategoryInfo.Category | Should -Be PermissionDenied
        $failure.CategoryInfo.TargetName | Should -Be c
        $failure.CategoryInfo.Reason | Should -Be Forbidden
        $failure.TargetObject.ClusterId | Should -Be 'config:c'
        $failure.ErrorDetails.RecommendedAction | Should -Be 'Ask for the role view, or pass -Namespace.'
    }

    It 'shows the message and the advice once each' {
        $text = Test-KubeProbe -Failing c 2>&1 | Out-String
        [regex]::Matches($text, 'cannot list pods in namespace').Count | Should -Be 1
        [regex]::Matches($text, 'Ask for the role view').Count | Should -Be 1
    }

    It 'keeps quiet with -ErrorAction Ignore' {
        $Error.Clear()
        Test-KubeProbe a -Failing c -ErrorAction Ignore | Should -Be 'a/0'
        $Error.Count | Should -Be 0
    }

    It 'stops at the first error with -ErrorAction Stop and cancels the rest' {
        { Test-KubeProbe -Failing c -Silent d -ErrorAction Stop } | Should -Throw -ErrorId 'Kube.Forbidden,*'
        Get-Running | Should -Be 0
    }

    It 'cancels the rest when Select-Object has enough' {
        Test-KubeProbe a -Silent d -Count 100000 | Select-Object -First 2 | Should -Be 'a/0', 'a/1'
        Get-Running | Should -Be 0
    }

    It 'cancels the rest when a command downstream fails' {
        { Test-KubeProbe a -Silent d | ForEach-Object { throw 'downstream' } } | Should -Throw downstream
        Get-Running | Should -Be 0
    }

    It 'cancels everything when the pipeline is stopped' {
        $shell = [powershell]::Create()
        $started = $shell.AddScript("Import-Module '$Manifest'; Import-Module '$Probe'; Test-KubeProbe -Silent d, e").BeginInvoke()
        while ((Get-Running) -lt 2 -and -not $started.IsCompleted) { [Threading.Thread]::Yield() | Out-Null }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be Stopped
        Get-Running | Should -Be 0
        $shell.Dispose()
    }

    It 'ends with Kube.Incomplete when all are required and one failed' {
        { Test-KubeProbe a -Failing c -RequireAll -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'Kube.Incomplete,*'
    }

    It 'takes its knobs from PSDefaultParameterValues' {
        $PSDefaultParameterValues = @{ '*-Kube*:DeadlineSec' = 1 }
        $null = Test-KubeProbe -Silent d -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'Kube.Timeout,*'
    }

    It 'takes the progress line away at its end' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Import-Module '$Probe'; Test-KubeProbe a -Silent prod-eu -DeadlineSec 1").Invoke()
        $shell.Streams.Progress[0].StatusDescription | Should -Be '1 of 2 clusters, 1 objects, waiting for prod-eu'
        $shell.Streams.Progress[-1].RecordType | Should -Be Completed
        $shell.Dispose()
    }

    It 'says each request in verbose, with the cluster in front' {
        Test-KubeProbe a -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } |
            ForEach-Object Message | Should -Be 'a: GET /api/v1/pods'
    }
}
