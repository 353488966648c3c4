namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of objects of other kinds, and of the kinds themselves.</summary>
public sealed class ResourceTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Services() => sample.AssertShows("*", "Get-KubeResource service -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name        Type      ExternalIP Ports  Age
        ----------- --------- ----        ----      ---------- -----  ---
        prod-eu     web       api-gateway ClusterIP            80/TCP 131d
        prod-eu     web       storefront  ClusterIP            80/TCP 48d
        staging     web       api-gateway ClusterIP            80/TCP 122d
        staging     web       storefront  ClusterIP            80/TCP 50d
        """);

    [Fact]
    public void Ingresses() => sample.AssertShows("*", "Get-KubeResource ingress -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name        Hosts              Address      Age
        ----------- --------- ----        -----              -------      ---
        prod-eu     web       api-gateway api-gateway.examp… 203.0.113.10 131d
        prod-eu     web       storefront  storefront.exampl… 203.0.113.10 48d
        staging     web       api-gateway api-gateway.examp… 203.0.113.10 122d
        staging     web       storefront  storefront.exampl… 203.0.113.10 50d
        """);

    [Fact]
    public void EndpointSlices() => sample.AssertShows("*", "Get-KubeResource endpointslice -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name              Ports Endpoints            Age
        ----------- --------- ----              ----- ---------            ---
        prod-eu     web       api-gateway-cdffv 8080  10.32.11.176,10.90.… 131d
        prod-eu     web       storefront-jsg7m  8080  10.95.69.97,10.51.3… 48d
        staging     web       api-gateway-drhfh 8080  10.40.73.17,10.34.7… 122d
        staging     web       storefront-n2vv2  8080  10.53.203.232,10.83… 50d
        """);

    [Fact]
    public void NetworkPolicies() => sample.AssertShows("*", "Get-KubeResource networkpolicy -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name         PodSelector Age
        ----------- --------- ----         ----------- ---
        prod-eu     checkout  default-deny <none>      300d
        prod-eu     payments  default-deny <none>      300d
        prod-eu     web       default-deny <none>      300d
        staging     checkout  default-deny <none>      300d
        staging     payments  default-deny <none>      300d
        staging     web       default-deny <none>      300d
        """);

    [Fact]
    public void ConfigMaps() => sample.AssertShows("*", "Get-KubeResource configmap -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name             Data Age
        ----------- --------- ----             ---- ---
        prod-eu     web       api-gateway         1 131d
        prod-eu     web       kube-root-ca.crt    1 410d
        prod-eu     web       storefront          1 48d
        staging     web       api-gateway         1 122d
        staging     web       kube-root-ca.crt    1 410d
        staging     web       storefront          1 50d
        """);

    [Fact]
    public void Secrets() => sample.AssertShows("*", "Get-KubeResource secret -n web -FieldSelector type=Opaque | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name        Type   Data Age
        ----------- --------- ----        ----   ---- ---
        prod-eu     web       api-gateway Opaque    1 131d
        prod-eu     web       storefront  Opaque    1 48d
        staging     web       api-gateway Opaque    1 122d
        staging     web       storefront  Opaque    1 50d
        """);

    [Fact]
    public void ServiceAccounts() => sample.AssertShows("*", "Get-KubeResource serviceaccount -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name        Age
        ----------- --------- ----        ---
        prod-eu     web       api-gateway 131d
        prod-eu     web       default     410d
        prod-eu     web       storefront  48d
        staging     web       api-gateway 122d
        staging     web       default     410d
        staging     web       storefront  50d
        """);

    [Fact]
    public void Roles() => sample.AssertShows("*", "Get-KubeResource role -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name     Rules Age
        ----------- --------- ----     ----- ---
        prod-eu     web       deployer     1 410d
        staging     web       deployer     1 410d
        """);

    [Fact]
    public void RoleBindings() => sample.AssertShows("*", "Get-KubeResource rolebinding -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name     Role          Age
        ----------- --------- ----     ----          ---
        prod-eu     web       deployer Role/deployer 410d
        staging     web       deployer Role/deployer 410d
        """);

    [Fact]
    public void ClusterRoles() => sample.AssertShows("staging", "Get-KubeResource clusterrole", """
        ClusterName Name          Rules Age
        ----------- ----          ----- ---
        staging     admin             1 410d
        staging     cluster-admin     1 410d
        staging     edit              1 410d
        staging     view              1 410d
        """);

    [Fact]
    public void ClusterRoleBindings() => sample.AssertShows("staging", "Get-KubeResource clusterrolebinding", """
        ClusterName Name          Role                      Age
        ----------- ----          ----                      ---
        staging     cluster-admin ClusterRole/cluster-admin 410d
        """);

    [Fact]
    public void PersistentVolumeClaims() => sample.AssertShows("*", "Get-KubeResource pvc -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name            State Capacity StorageClass Age
        ----------- --------- ----            ----- -------- ------------ ---
        prod-eu     payments  data-postgres-0 Bound     20Gi standard     100d
        prod-eu     payments  data-postgres-1 Bound     20Gi standard     100d
        staging     payments  data-postgres-0 Bound     20Gi standard     323d
        staging     payments  data-postgres-1 Bound     20Gi standard     323d
        """);

    [Fact]
    public void PersistentVolumes() => sample.AssertShows("*", "Get-KubeResource pv | Sort-Object ClusterName -Stable", """
        ClusterName Name                                     Capacity State Claim                    Age
        ----------- ----                                     -------- ----- -----                    ---
        prod-eu     pvc-1eb6ec96-b85c-4d3a-9b68-12752f222ae8     20Gi Bound payments/data-postgres-1 100d
        prod-eu     pvc-d57bc823-e619-447f-9ec8-a520b8d67e8d     20Gi Bound payments/data-postgres-0 100d
        staging     pvc-a1cda9d5-6d9e-4207-82d1-5950fb04fb3c     20Gi Bound payments/data-postgres-1 323d
        staging     pvc-d778cba6-c0ac-4ebd-9531-9790e35f6095     20Gi Bound payments/data-postgres-0 323d
        """);

    [Fact]
    public void StorageClasses() => sample.AssertShows("*", "Get-KubeResource storageclass | Sort-Object ClusterName -Stable", """
        ClusterName Name     Default Provisioner     Reclaim Binding          Age
        ----------- ----     ------- -----------     ------- -------          ---
        prod-eu     standard True    csi.example.com Delete  WaitForFirstCon… 400d
        staging     standard True    csi.example.com Delete  WaitForFirstCon… 400d
        """);

    [Fact]
    public void Leases() => sample.AssertShows("staging", "Get-KubeResource lease -A", """
        ClusterName Namespace       Name                    Holder                   Age
        ----------- ---------       ----                    ------                   ---
        staging     kube-node-lease node-1                  node-1                   200d
        staging     kube-node-lease node-2                  node-2                   199d
        staging     kube-node-lease node-3                  node-3                   198d
        staging     kube-system     kube-controller-manager node-1_587e…584acc14fd1d 410d
        staging     kube-system     kube-scheduler          node-1_1d2e…cfe1264cab0e 410d
        """);

    [Fact]
    public void CustomResourceDefinitions() => sample.AssertShows("*", "Get-KubeResource crd | Sort-Object ClusterName -Stable", """
        ClusterName Name                                Scope      Versions   Age
        ----------- ----                                -----      --------   ---
        prod-eu     certificaterequests.cert-manager.io Namespaced v1         380d
        prod-eu     certificates.cert-manager.io        Namespaced v1         380d
        prod-eu     clusterissuers.cert-manager.io      Cluster    v1         380d
        prod-eu     issuers.cert-manager.io             Namespaced v1         380d
        prod-eu     widgets.example.com                 Namespaced v1,v1beta1 380d
        staging     certificaterequests.cert-manager.io Namespaced v1         380d
        staging     certificates.cert-manager.io        Namespaced v1         380d
        staging     clusterissuers.cert-manager.io      Cluster    v1         380d
        staging     issuers.cert-manager.io             Namespaced v1         380d
        staging     widgets.example.com                 Namespaced v1,v1beta1 380d
        """);

    [Fact]
    public void Custom_resources_with_the_servers_columns() => sample.AssertShows("*", "Get-KubeResource widget -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name     Replicas Paused Color Age
        ----------- --------- ----     -------- ------ ----- ---
        prod-eu     default   widget-1        1 True   red   3d
        prod-eu     default   widget-2        2 False  green 3d
        prod-eu     default   widget-3        3 False  blue  3d
        staging     default   widget-1        1 True   red   3d
        staging     default   widget-2        2 False  green 3d
        staging     default   widget-3        3 False  blue  3d
        """);

    [Fact]
    public void Custom_resources_with_all_of_the_servers_columns() => sample.AssertShows("staging", "Get-KubeResource widget -A | Format-Table -View wide", """
        ClusterName Namespace Name     Replicas Paused Color Checked Age
        ----------- --------- ----     -------- ------ ----- ------- ---
        staging     default   widget-1        1 True   red   7m      3d
        staging     default   widget-2        2 False  green 7m      3d
        staging     default   widget-3        3 False  blue  7m      3d
        """);

    [Fact]
    public void A_custom_resource_as_a_list() => sample.AssertShows("staging", "Get-KubeResource widget widget-1 -n default | Format-List", """
        ClusterName       : staging
        ClusterId         : sandbox:staging
        ApiVersion        : example.com/v1
        Kind              : Widget
        Namespace         : default
        Name              : widget-1
        Columns           : {[Name, widget-1], [Replicas, 1], [Paused, True], [Color, red]…}
        CreationTimestamp : ##/##/#### ##:##:##
        Age               : 3d
        Labels            : {[color, red]}
        """);

    [Fact]
    public void Kinds() => sample.AssertShows("*", "Get-KubeApiResource -ApiGroup apps | Sort-Object ClusterName -Stable", """
        ClusterName       Name                 ShortNames ApiVersion        Kind
        -----------       ----                 ---------- ----------        ----
        prod-eu           controllerrevisions             apps/v1           ControllerRevision
        prod-eu           daemonsets           ds         apps/v1           DaemonSet
        prod-eu           deployments          deploy     apps/v1           Deployment
        prod-eu           replicasets          rs         apps/v1           ReplicaSet
        prod-eu           statefulsets         sts        apps/v1           StatefulSet
        staging           controllerrevisions             apps/v1           ControllerRevision
        staging           daemonsets           ds         apps/v1           DaemonSet
        staging           deployments          deploy     apps/v1           Deployment
        staging           replicasets          rs         apps/v1           ReplicaSet
        staging           statefulsets         sts        apps/v1           StatefulSet
        """);

    [Fact]
    public void A_kind_as_a_list() => sample.AssertShows("staging", "Get-KubeApiResource pods | Format-List", """
        ClusterName : staging
        ClusterId   : sandbox:staging
        Name        : pods
        Singular    : pod
        ShortNames  : po
        Kind        : Pod
        ApiVersion  : v1
        Group       :
        Version     : v1
        Namespaced  : True
        Verbs       : create, delete, deletecollection, get, list, patch, update, watch
        Categories  : all
        """);

    [Fact]
    public void YAML() => sample.AssertShows("staging", "Get-KubeResource configmap storefront -n web | ConvertTo-KubeYaml", """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: storefront
          namespace: web
          labels:
            app: storefront
          uid: 240739ee-a0cb-4cb4-9dda-9e2e0b9a99d0
          resourceVersion: "193"
          creationTimestamp: "####-##-##T##:##:##Z"
        data:
          app.yaml: |
            log:
              level: info
            server:
              port: 8080
            features:
              - fast-q2v7
        """);
}
