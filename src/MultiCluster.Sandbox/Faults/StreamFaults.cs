using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Reads;

namespace MultiCluster.Sandbox.Faults;

/// <summary>A fault that sees each line of a watch or a log on its way out.</summary>
/// <param name="watchesOnly">True for what can go wrong with watches alone.</param>
/// <param name="begin">The treatment of one stream.</param>
internal sealed class StreamFault(bool watchesOnly, Func<ILineTreatment> begin) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => LineTreatment.UseAsync(request, next, begin());

    private protected override bool Concerns(SimulatedRequest request) =>
        request.Info.Verb == "watch" || (!watchesOnly && request.Info is { Resource: "pods", Subresource: "log" });
}

/// <summary>An HTTP error for a watch that goes on from a version; a watch that begins anew cannot be too late.</summary>
internal sealed class GoneWatchFault : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) =>
        throw ResumedWatch.TooOld(request);

    private protected override bool Concerns(SimulatedRequest request) => ResumedWatch.Is(request);
}

internal sealed class ExpiredWatchFault : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) =>
        LineTreatment.AnswerAsync(request, EventLine.Error(ResumedWatch.TooOld(request)));

    private protected override bool Concerns(SimulatedRequest request) => ResumedWatch.Is(request);
}

internal static class ResumedWatch
{
    public static bool Is(SimulatedRequest request) =>
        request.Info.Verb == "watch" && !request.Context.Request.Query.Flag("sendInitialEvents")
        && request.Context.Request.Query["resourceVersion"].ToString() is not ("" or "0");

    public static StatusError TooOld(SimulatedRequest request) =>
        StatusError.TooOld(Freshness.VersionOf(request.Context.Request.Query) ?? 0, request.Store.ResourceVersion);
}
