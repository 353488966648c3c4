# The tour of MultiCluster: `dotnet run --project src/MultiCluster.Sandbox.Commands -- tour` types it into a PowerShell in front of five
# simulated clusters. A line `#!` says what befalls clusters before the command, or how it is ended; a line `#=>` what must be true when
# it has.

# Five Kubernetes clusters that a kubeconfig names. Nobody has asked them yet
Get-KubeCluster
#=> $output.Count -eq 5
#=> ($output.State | Sort-Object -Unique) -eq 'NotSelected'

# Select some, by wildcard and by name. They connect side by side
Select-KubeCluster prod-*, staging
#=> $output.Count -eq 3
#=> ($output.State | Sort-Object -Unique) -eq 'Ready'

# One call asks them all. Objects know their cluster: Group-Object counts
Get-KubeResource pod -AllNamespaces | Where-Object State -ne Running | Group-Object ClusterName -NoElement
#=> ($output.Name -join ' ') -eq 'prod-eu prod-us staging'
#=> -not ($output | Where-Object Count -lt 5)

# Whose pods restart again and again?
Get-KubeResource pod -AllNamespaces | Sort-Object Restarts -Descending | Select-Object -First 5
#=> $output.Count -eq 5
#=> -not ($output.Restarts -lt 10)

# Any field of an object is there by its path
Get-KubeResource pod -Namespace web | Where-Object { $_.Spec.nodeName -eq 'node-2' -and $_.Restarts -gt 0 }
#=> $output -and -not ($output.Namespace -ne 'web')

# A custom kind has the columns that its server prints
Get-KubeResource widgets -Namespace default | Sort-Object Name, ClusterName
#=> $output.Count -eq 9
#=> ($output.Columns.Color | Sort-Object -Unique) -join ' ' -eq 'blue green red'

# A canary of storefront rolls out. Watch the clusters' pods until Ctrl+C
#! prod-eu, prod-us, staging: a canary rolls out
#! Ctrl+C after 8 objects
Watch-KubeResource pod -Namespace web -ChangesOnly
#=> -not ($output.Name -notlike 'storefront-canary-*')
#=> ($output.ClusterName | Sort-Object -Unique).Count -eq 3

# What would a drain do? -WhatIf writes the plan, and changes nothing:
# the pods that go, and the budgets that it waits for
Invoke-KubeDrain node-2 -IgnoreDaemonSet -WhatIf | Select-Object ClusterName, Going, Waves, Budgets
#=> $output.Count -eq 3
#=> -not ($output.Going -eq 0)
#=> -not ($output.Waves -lt 2)

# Two more clusters join them
Select-KubeCluster dev, edge-1 -Add
#=> ($output.ClusterName -join ' ') -eq 'dev edge-1'
#=> ($output.State | Sort-Object -Unique) -eq 'Ready'

# Then the login to dev expires, and edge-1 hangs. Each is an error of its
# own, with advice; the other clusters have answered
#! dev: login expired
#! edge-1: hangs
Get-KubeResource deployment storefront -Namespace web -TimeoutSec 2
#=> ($output.ClusterName | Sort-Object) -join ' ' -eq 'prod-eu prod-us staging'
#=> $errors.Count -eq 2
#=> ($errors.FullyQualifiedErrorId | Sort-Object) -join ' ' -like 'Kube.Timeout* Kube.Unauthorized*'

# The report of that call
Get-KubeFanOut | ForEach-Object Clusters
#=> ($output.Outcome -eq 'Answered').Count -eq 3
#=> ($output | Where-Object Outcome -eq Failed | Sort-Object ClusterName).Phase -join ' ' -eq 'Unauthorized Timeout'
