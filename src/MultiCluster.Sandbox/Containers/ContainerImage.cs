namespace MultiCluster.Sandbox.Containers;

/// <summary>The files that a simulated container begins with.</summary>
internal static class ContainerImage
{
    public static void Fill(ContainerFiles files, string hostName, IEnumerable<string> programs)
    {
        foreach (var folder in (string[])["/bin", "/dev", "/etc", "/home", "/root", "/tmp", "/usr/bin", "/var/log"]) files.MakeFolder(folder);
        foreach (var program in programs) Write(files, $"/bin/{program}", "");
        foreach (var device in (string[])["null", "random", "urandom", "zero"]) Write(files, $"/dev/{device}", "");
        Write(files, "/etc/hostname", $"{hostName}\n");
        Write(files, "/etc/hosts", $"# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n10.96.0.10\t{hostName}\n");
        Write(files, "/etc/os-release", "NAME=\"Sandbox Linux\"\nID=sandbox\nVERSION_ID=1\nPRETTY_NAME=\"Sandbox Linux 1\"\n");
        Write(files, "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    }

    private static void Write(ContainerFiles files, string path, string text) => File.WriteAllText(files.Locate(path), text);
}
