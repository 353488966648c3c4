using System.Net;
using System.Net.Http.Headers;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>
/// Says who is asking, and learns from the answer whether the login is good. After a 401 the credential is had anew, and the request sent
/// once more, if there may be another one.
/// </summary>
internal sealed class LoginHandler(
    ClusterCredential credential, AuthMonitor? monitor, TransportPool transports, KubeconfigContext context, ServerEndpoint endpoint, ClusterIdentity cluster) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = ApiAttempt.Of(request);
        var again = true;
        while (true)
        {
            var authorization = await AuthorizeAsync(attempt, cancellationToken).ConfigureAwait(false);
            request.Headers.Authorization = authorization;
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                monitor?.ReportAccepted();
                return response;
            }
            catch (FaultException refused) when (refused.Fault.HttpStatus is { } status)
            {
                if (again && status == (int)HttpStatusCode.Unauthorized && credential.TryInvalidate(authorization))
                {
                    again = false;
                    continue;
                }

                throw new FaultException(Judged(refused.Fault, status, attempt.Exchange));
            }
        }
    }

    private async ValueTask<AuthenticationHeaderValue?> AuthorizeAsync(ApiAttempt attempt, CancellationToken cancellationToken)
    {
        attempt.Timer.Begin(Wait.Credential, Timeout.InfiniteTimeSpan);
        try
        {
            var certificate = await credential.GetClientCertificateAsync(cancellationToken).ConfigureAwait(false);
            attempt.Enter(transports.Enter(certificate, credential.ClientCertificateChain));
            return await credential.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException exception) when (exception.Fault.Phase == FaultPhase.Credential)
        {
            monitor?.ReportRejected(exception.Fault);
            throw;
        }
    }

    private Fault Judged(Fault refusal, int status, ApiExchange exchange)
    {
        var fault = status switch
        {
            401 or 403 when credential.IsWithheld => WithheldLogin.Explain(refusal, context),
            401 when endpoint.HasLogin => refusal with { Advice = LoginAdvice.OfAddress },
            _ => refusal,
        };
        if (status == 401)
            monitor?.ReportRejected(exchange.Complete(fault, cluster));

        // A login page or a proxy that answers in the cluster's place says nothing about the login.
        else if (status is < 500 and not 407 and not 429 && fault.Phase != FaultPhase.Decode)
            monitor?.ReportAccepted();
        return fault;
    }
}
