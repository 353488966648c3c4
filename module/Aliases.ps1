# Short names for who wants them. The module exports none; this line of a $PROFILE sets these:
#
#     Import-Module MultiCluster; . "$((Get-Module MultiCluster).ModuleBase)/Aliases.ps1"
#
# What removes or drains has no short name.

Set-Alias kselect Select-KubeCluster -Scope Global
Set-Alias kcluster Get-KubeCluster -Scope Global
Set-Alias kns Set-KubeNamespace -Scope Global
Set-Alias kget Get-KubeResource -Scope Global
Set-Alias kwatch Watch-KubeResource -Scope Global
Set-Alias klog Get-KubeLog -Scope Global
Set-Alias kevent Get-KubeEvent -Scope Global
Set-Alias kcan Test-KubeAccess -Scope Global
Set-Alias kcordon Suspend-KubeNode -Scope Global
Set-Alias kuncordon Resume-KubeNode -Scope Global
