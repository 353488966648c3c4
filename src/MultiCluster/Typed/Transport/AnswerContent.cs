using System.Net;
using MultiCluster.Http;

namespace MultiCluster.Typed.Transport;

/// <summary>An answer's body inside an HTTP message: handed out as the stream that it is, and given back with the message.</summary>
internal sealed class AnswerContent : HttpContent
{
    private readonly AnswerStream _stream;

    private AnswerContent(AnswerStream stream) => _stream = stream;

    /// <summary>The answer as an HTTP message; disposing it, or its stream, gives the connection back.</summary>
    public static HttpResponseMessage Message(ApiResponse answer, HttpRequestMessage request, IDisposable use)
    {
        var content = new AnswerContent(new AnswerStream(answer.Body, use));
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        foreach (var (name, values) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values))
                content.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _stream;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _stream.CopyToAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _stream.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }
}
