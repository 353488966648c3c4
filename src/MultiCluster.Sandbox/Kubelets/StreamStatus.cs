using System.Globalization;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>How a command ended, as the status channel tells it.</summary>
internal static class StreamStatus
{
    public static JsonObject Success => new() { ["metadata"] = new JsonObject(), ["status"] = "Success" };

    /// <param name="exitCode">The exit code.</param>
    /// <param name="command">The command.</param>
    /// <param name="translated">True where an API server tells what the kubelet told it, in its own words.</param>
    public static JsonObject Exited(int exitCode, IReadOnlyList<string> command, bool translated) => new()
    {
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = "command terminated with non-zero exit code: "
            + (translated ? $"command terminated with exit code {exitCode}" : $"error executing command [{string.Join(' ', command)}], exit code {exitCode}"),
        ["reason"] = "NonZeroExitCode",
        ["details"] = new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = exitCode.ToString(CultureInfo.InvariantCulture) }),
        },
    };

    /// <summary>apierrors.NewInternalError</summary>
    public static JsonObject Internal(string message) => new()
    {
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = $"Internal error occurred: {message}",
        ["reason"] = "InternalError",
        ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = message }) },
        ["code"] = 500,
    };

    /// <summary>A Status that has come through an API server: it tells its message as an internal error of its own.</summary>
    public static JsonObject Translated(JsonObject status) =>
        status["reason"]?.ToString() == "InternalError" ? Internal(status["message"]!.ToString()) : status;
}
