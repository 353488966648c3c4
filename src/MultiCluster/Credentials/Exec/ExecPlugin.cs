using System.ComponentModel;
using System.Diagnostics;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Credentials;

/// <summary>One exec plugin: what it is given, how long it may take, and what its end means.</summary>
internal sealed class ExecPlugin(ExecConfig exec, KubeconfigCluster cluster, bool interactive, TimeProvider time)
{
    /// <summary>How long a plugin may run that asks nobody.</summary>
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>How long a plugin may run that may wait for the user.</summary>
    internal static readonly TimeSpan InteractiveBound = TimeSpan.FromMinutes(3);

    private const string V1 = "client.authentication.k8s.io/v1";
    private const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    /// <summary>True when the plugin may ask the user, by its <c>interactiveMode</c> and the host's means.</summary>
    /// <exception cref="FaultException">It must ask, and nobody is there; or the mode is none.</exception>
    public static bool IsInteractive(ExecConfig exec, ExecContext context) => exec.InteractiveMode switch
    {
        "Never" => false,
        "IfAvailable" => context.InteractiveAllowed,
        "Always" when context.InteractiveAllowed => true,
        "Always" => throw CredentialProblems.OfPlugin(
            CredentialProblem.HelperFailed,
            $"Exec plugin {exec.Command} must ask the user (interactiveMode Always), and this session is not interactive",
            "Log in from an interactive session, or set interactiveMode to IfAvailable if the plugin can do without."),
        _ => throw CredentialProblems.Field(
            cluster: null,
            $"Exec plugin {exec.Command} has the interactiveMode \"{exec.InteractiveMode}\"",
            "Use Never, IfAvailable or Always."),
    };

    /// <summary>Runs the plugin and reads what it prints.</summary>
    /// <param name="tree">Its process and all that it starts.</param>
    /// <param name="prompt">Shows an interactive plugin's stderr as it comes.</param>
    /// <param name="cancellationToken">Ends the plugin and all that it has started.</param>
    public async Task<ExecCredentialResult> RunAsync(PluginTree tree, Action<string>? prompt, CancellationToken cancellationToken)
    {
        if (exec.ApiVersion is not (V1 or V1Beta1))
            throw UnsupportedVersion();
        var start = Describe();
        var bound = interactive ? InteractiveBound : Bound;
        using var timeout = new CancellationTokenSource(bound, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        ExecPluginExit exit;
        try
        {
            exit = await ExecPluginProcess.RunAsync(start, tree, prompt, time, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw CredentialProblems.OfPlugin(
                CredentialProblem.HelperFailed,
                $"Exec plugin {exec.Command} printed no credential within {bound.TotalSeconds:0} s and was ended",
                interactive
                    ? "Answer its prompt sooner, or log in with its own tool first."
                    : "Log in with its own tool first: it may be waiting for an answer.",
                new TimeoutException(exception.Message, exception));
        }
        catch (Win32Exception exception)
        {
            throw CredentialProblems.OfPlugin(
                CredentialProblem.HelperFailed,
                $"Exec plugin {exec.Command} cannot be started ({new Win32Exception(exception.NativeErrorCode).Message})",
                "Check that the file may be executed, and that the interpreter it names is installed.");
        }

        return exit.Code == 0 ? Read(exit) : throw Failed($"failed with exit code {exit.Code}", exit);
    }

    private ExecCredentialResult Read(ExecPluginExit exit)
    {
        if (exit.OutputTooLong)
            throw Failed($"printed more than {ExecPluginProcess.MaxOutput / 1024} KB", exit);
        try
        {
            return ExecCredentialReader.Read(exit.Output, exec.ApiVersion!, time.GetUtcNow());
        }
        catch (FormatException exception)
        {
            throw Failed(exception.Message, exit);
        }
        catch (ExecCredentialExpiredException exception)
        {
            throw CredentialProblems.OfPlugin(
                CredentialProblem.ExpiredCredentials,
                $"Exec plugin {exec.Command} printed a credential that expired at {exception.Expired:u}",
                "Log in again with the plugin's own tool, and check this machine's clock.");
        }
    }

    private ProcessStartInfo Describe()
    {
        var path = ProgramPath.Find(exec.Command) ?? throw CredentialProblems.OfPlugin(
            CredentialProblem.MissingHelper,
            $"Exec plugin {exec.Command} is not installed",
            string.IsNullOrWhiteSpace(exec.InstallHint)
                ? $"Install {Path.GetFileName(exec.Command)} and put it on PATH."
                : SecretMask.WithoutEscapes(exec.InstallHint).Trim());
        ProcessStartInfo start;
        try
        {
            start = ProgramStart.Of(path, exec.Args);
        }
        catch (ArgumentException exception)
        {
            throw CredentialProblems.OfPlugin(CredentialProblem.HelperFailed, $"Exec plugin {exec.Command} cannot be started ({exception.Message})", "Correct the args of the kubeconfig's exec.");
        }

        start.CreateNoWindow = start.RedirectStandardInput = !interactive;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in exec.Env)
            start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo.Write(exec, cluster, interactive);
        return start;
    }

    private FaultException Failed(string what, ExecPluginExit exit)
    {
        var said = SecretMask.Summarize(ProgramText.Of(exit.Error.Span), exit.ErrorIsCut, PluginSecrets.Of(exec, cluster));
        return CredentialProblems.OfPlugin(
            CredentialProblem.HelperFailed,
            said.Length == 0 ? $"Exec plugin {exec.Command} {what}" : $"Exec plugin {exec.Command} {what}: {said}",
            "Log in again with the plugin's own tool, or run the plugin by hand to see what it needs.");
    }

    // client-go: v1alpha1 was removed in 1.24.
    private FaultException UnsupportedVersion() => CredentialProblems.Field(
        cluster: null,
        exec.ApiVersion is { Length: > 0 } version
            ? $"Exec plugin {exec.Command} is configured for {version}, which is not supported"
            : $"Exec plugin {exec.Command} has no apiVersion",
        $"Set apiVersion to {V1} or {V1Beta1}: a newer version of the plugin writes it when the kubeconfig is made again.");
}
