#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'Nodes of two clusters' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $sandbox = Start-Sandbox (Join-Path $TestDrive fleet) 2
        $env:KUBECONFIG = Join-Path $TestDrive fleet
        Import-Module $Manifest
        $null = Select-KubeCluster *
        $PSDefaultParameterValues['*-Kube*:Confirm'] = $false
        $all = @{ IgnoreDaemonSet = $true; DeleteEmptyDirData = $true; Force = $true }

        function Get-Node([string] $Cluster = 'prod-eu') { @(Get-KubeResource node -Cluster $Cluster) }
        function Get-GoingPod($Node) {
            Get-KubeResource pod -AllNamespaces -Cluster $Node.ClusterName -FieldSelector "spec.nodeName=$($Node.Name)" |
                Where-Object { $_.OwnerReferences.kind -ne 'DaemonSet' -and -not $_.Annotations['kubernetes.io/config.mirror'] }
        }
    }

    AfterAll {
        $PSDefaultParameterValues.Remove('*-Kube*:Confirm')
        Get-Job | Remove-Job -Force
        Select-KubeCluster -None
        Stop-Sandbox $sandbox
        Restore-Home
    }

    AfterEach { Resume-KubeNode * }

    It 'are cordoned and uncordoned, and not written when they are so already' {
        $node = (Get-Node)[0]
        ($node | Suspend-KubeNode -PassThru).Unschedulable | Should -BeTrue
        $version = (Get-KubeResource node $node.Name -Cluster prod-eu).ResourceVersion
        $said = $node.Name | ForEach-Object { Suspend-KubeNode $_ -Cluster prod-eu -Verbose 4>&1 }
        "$said" | Should -Match 'cordoned already'
        (Get-KubeResource node $node.Name -Cluster prod-eu).ResourceVersion | Should -Be $version
        (Resume-KubeNode $node.Name -Cluster prod-eu -PassThru).Unschedulable | Should -BeFalse
    }

    It 'are not changed by -WhatIf' {
        Suspend-KubeNode * -WhatIf
        (Get-KubeResource node).Unschedulable | Should -Not -Contain $true
    }

    It 'are planned by -WhatIf, which changes nothing' {
        $node = (Get-Node)[0]
        $plan = Invoke-KubeDrain $node.Name -Cluster prod-eu @all -WhatIf
        $plan | Should -BeOfType MultiCluster.Nodes.KubeDrainPlan
        $plan.IsBlocked | Should -BeFalse
        ($plan.Pods | Where-Object Goes).Name | Sort-Object | Should -Be @((Get-GoingPod $node).Name | Sort-Object)
        (Get-KubeResource node $node.Name -Cluster prod-eu).Unschedulable | Should -BeFalse
    }

    It 'say which pod blocks, and are left alone' {
        $node = (Get-Node)[0]
        $result = Invoke-KubeDrain $node.Name -Cluster prod-eu -ErrorAction SilentlyContinue -ErrorVariable failed
        $result.State | Should -Be Blocked
        $result.Reason | Should -Match 'IgnoreDaemonSet'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Kube.Conflict*'
        (Get-KubeResource node $node.Name -Cluster prod-eu).Unschedulable | Should -BeFalse
    }

    It 'are drained, in the order of their turns, with a result each' {
        $nodes = (Get-Node)[0, 1]
        $results = @($nodes | Invoke-KubeDrain @all -DisableEviction -TimeoutSec 60)
        $results.State | Should -Be @('Drained', 'Drained')
        $results.Node | Should -Be $nodes.Name
        $results.LeftCordoned | Should -Be @($true, $true)
        $nodes | ForEach-Object { @(Get-GoingPod $_).Count } | Should -Be @(0, 0)
        $drain = Get-KubeDrain | Select-Object -Last 1
        $drain.Result.State | Should -Be Drained
        $drain | Out-String -Width 200 | Should -Match $drain.Node
        Get-KubeDrain -Running | Should -BeNullOrEmpty
    }

    It 'write what happens to each pod with -IncludeEvent' {
        $node = (Get-Node 'prod-us')[0]
        $count = @(Get-GoingPod $node).Count
        $output = @(Invoke-KubeDrain $node.Name -Cluster prod-us @all -DisableEviction -IncludeEvent -TimeoutSec 60)
        $events = $output | Where-Object { $_.PSTypeNames -contains 'MultiCluster.Nodes.KubeDrainEvent' }
        $events[0].Phase | Should -Be Cordoned
        @($events | Where-Object Phase -eq Gone).Count | Should -Be $count
        $output[-1] | Should -BeOfType MultiCluster.Nodes.KubeDrainResult
    }

    It 'are no longer begun when the health check says no' {
        $checked = [System.Collections.Generic.List[string]]::new()
        $results = @((Get-Node prod-us)[0, 1, 2] | Invoke-KubeDrain @all -DisableEviction -HealthCheck { $checked.Add($_.Node); $false })
        $checked | Should -HaveCount 1
        $results.State | Should -Be @('Drained', 'Skipped', 'Skipped')
        $results[1].Reason | Should -Match 'health check'
    }

    It 'drain as a job, one child for each cluster' {
        $job = @((Get-Node)[2]; (Get-Node 'prod-us')[2]) | Invoke-KubeDrain @all -DisableEviction -AsJob
        $null = Wait-Job $job -Timeout 60
        $job.State | Should -Be Completed
        $job.ChildJobs.Location | Sort-Object | Should -Be @('prod-eu', 'prod-us')
        @(Receive-Job $job -Keep).State | Should -Be @('Drained', 'Drained')
    }

    It 'refuse a drain of a number that is not there' {
        { Stop-KubeDrain 999 -ErrorAction Stop } | Should -Throw '*no drain 999*'
    }

    It 'have budgets with their pods, and a reason where none may go' {
        $budgets = @(Get-KubePodDisruption -AllNamespaces)
        $budgets.Count | Should -BeGreaterThan 0
        $budgets.ClusterName | Sort-Object -Unique | Should -Be @('prod-eu', 'prod-us')
        $budgets | Where-Object AllowedDisruptions -eq 0 | ForEach-Object { $_.Reason | Should -Not -BeNullOrEmpty }
    }

    It 'tell what the user may do' {
        $answers = @(Test-KubeAccess get, delete pod, node)
        $answers | Should -HaveCount 8
        $answers.Allowed | Should -Not -Contain $false
        $answers | Out-String -Width 150 | Should -Match 'ClusterName\s+Allowed\s+Verb'
    }

    It 'lose exactly the objects that were read' {
        $map = Get-KubeResource configmap -AllNamespaces -First 1
        $map | Remove-KubeResource -WhatIf
        Get-KubeResource configmap $map.Name -Namespace $map.Namespace -Cluster $map.ClusterName | Should -HaveCount 1
        $removal = $map | Remove-KubeResource -PassThru
        ($removal.Outcome, $removal.Name) | Should -Be @('Gone', $map.Name)
        ($map | Remove-KubeResource -PassThru).Outcome | Should -Be WasGone
    }

    It 'must be told apart' {
        { Remove-KubeResource pod } | Should -Throw '*nothing says which objects*'
        { Suspend-KubeNode } | Should -Throw '*nothing says which nodes*'
        @() | Invoke-KubeDrain | Should -BeNullOrEmpty
    }

    It 'of a protected cluster are refused where nobody can be asked' {
        Set-KubeCluster prod-eu -Protected
        $lines = Invoke-Fresh {
            Import-Module $Manifest
            $null = Select-KubeCluster *
            Suspend-KubeNode * -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId
            (Get-KubeResource node | Where-Object Unschedulable).ClusterName | Sort-Object -Unique
        }
        Set-KubeCluster prod-eu -Protected:$false
        $lines[0] | Should -BeLike 'Kube.Protected*'
        $lines | Select-Object -Skip 1 | Should -Be prod-us
    }

    It 'complete their names, and the verbs' {
        (TabExpansion2 'Test-KubeAccess de' 18).CompletionMatches.CompletionText | Should -Be @('delete', 'deletecollection')
        $name = (Get-Node)[0].Name
        $null = TabExpansion2 'Suspend-KubeNode ' 17
        $end = [DateTime]::UtcNow.AddSeconds(10)
        while ((TabExpansion2 'Suspend-KubeNode ' 17).CompletionMatches.CompletionText -notcontains $name) {
            if ([DateTime]::UtcNow -gt $end) { throw 'No node is completed.' }
            Start-Sleep -Milliseconds 50
        }
    }
}
