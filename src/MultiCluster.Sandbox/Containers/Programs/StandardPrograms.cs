using MultiCluster.Sandbox.Containers.Shell;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>The programs that a simulated container has, as a small image has them.</summary>
internal static class StandardPrograms
{
    public static IReadOnlyDictionary<string, ContainerProgram> All { get; } = new Dictionary<string, ContainerProgram>
    {
        ["sh"] = ShellProgram.RunAsync,
        ["cat"] = TextPrograms.CatAsync,
        ["echo"] = TextPrograms.EchoAsync,
        ["grep"] = TextPrograms.GrepAsync,
        ["head"] = TextPrograms.HeadAsync,
        ["printf"] = PrintfProgram.RunAsync,
        ["seq"] = TextPrograms.SeqAsync,
        ["tail"] = TextPrograms.TailAsync,
        ["tee"] = TextPrograms.TeeAsync,
        ["wc"] = TextPrograms.WcAsync,
        ["yes"] = TextPrograms.YesAsync,
        ["md5sum"] = SumPrograms.Md5Async,
        ["sha256sum"] = SumPrograms.Sha256Async,
        ["cp"] = FilePrograms.CpAsync,
        ["dd"] = DdProgram.RunAsync,
        ["ln"] = FilePrograms.LnAsync,
        ["ls"] = ListPrograms.LsAsync,
        ["mkdir"] = FilePrograms.MkdirAsync,
        ["mv"] = FilePrograms.MvAsync,
        ["readlink"] = FilePrograms.ReadlinkAsync,
        ["rm"] = FilePrograms.RmAsync,
        ["stat"] = ListPrograms.StatAsync,
        ["tar"] = TarProgram.RunAsync,
        ["touch"] = FilePrograms.TouchAsync,
        ["["] = TestProgram.RunAsync,
        ["test"] = TestProgram.RunAsync,
        ["date"] = SystemPrograms.DateAsync,
        ["env"] = SystemPrograms.EnvAsync,
        ["false"] = static _ => Task.FromResult(1),
        ["hostname"] = SystemPrograms.HostnameAsync,
        ["id"] = SystemPrograms.IdAsync,
        ["pwd"] = SystemPrograms.PwdAsync,
        ["sleep"] = SystemPrograms.SleepAsync,
        ["stty"] = TerminalPrograms.SttyAsync,
        ["true"] = static _ => Task.FromResult(0),
        ["tty"] = TerminalPrograms.TtyAsync,
        ["uname"] = SystemPrograms.UnameAsync,
        ["whoami"] = SystemPrograms.WhoamiAsync,
    };
}
