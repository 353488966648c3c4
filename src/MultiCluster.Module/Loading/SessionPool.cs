using System.Management.Automation.Runspaces;
namespace MultiCluster.Module.Loading;
internal static class SessionPool { internal static void Close(Runspace r) { } }
