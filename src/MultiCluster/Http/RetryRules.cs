using MultiCluster.Faults;
using Polly;
using Polly.Retry;

namespace MultiCluster.Http;

/// <summary>Sends a request again when its fault may pass by itself; <see cref="ApiCall.MayRetry"/> decides.</summary>
internal static class RetryRules
{
    private const int MaxRetries = 3;

    /// <summary>Where the pipeline finds the call it runs.</summary>
    public static readonly ResiliencePropertyKey<ApiCall> CallKey = new("multicluster.call");

    /// <summary>The retry pipeline of one client.</summary>
    public static ResiliencePipeline<ApiResponse> Build(TimeProvider time, Func<double> random, ApiTelemetry telemetry) =>
        new ResiliencePipelineBuilder<ApiResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<ApiResponse>
            {
                MaxRetryAttempts = MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is FaultException failed && CallOf(args.Context).MayRetry(failed.Fault, random)),
                DelayGenerator = static args => ValueTask.FromResult<TimeSpan?>(CallOf(args.Context).Pause),
                OnRetry = _ =>
                {
                    telemetry.Retried();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    private static ApiCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
