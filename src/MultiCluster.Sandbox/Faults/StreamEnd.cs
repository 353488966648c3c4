using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

/// <summary>Ways in which a stream ends that should go on.</summary>
internal static class StreamEnd
{
    public static async ValueTask InLineAsync(ReadOnlyMemory<byte> line, LineOutput output, bool reset)
    {
        await output.WriteAsync(line[..(line.Length / 2)]);
        if (reset) await output.ResetAsync();
        else output.End();
    }

    public static async ValueTask WithAsync(ReadOnlyMemory<byte> line, LineOutput output)
    {
        await output.WriteAsync(line);
        output.End();
    }
}

/// <summary>A watch or a log that is answered and ends at once; a watch perhaps with an ERROR event.</summary>
internal sealed class EmptyStreamFault(byte[]? error = null) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => LineTreatment.AnswerAsync(request, error);

    private protected override bool Concerns(SimulatedRequest request) =>
        request.Info.Verb == "watch" || (error is null && request.Info is { Resource: "pods", Subresource: "log" });
}
