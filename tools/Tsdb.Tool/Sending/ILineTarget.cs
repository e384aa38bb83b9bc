namespace Tsdb.Tool.Sending;

/// <summary>Where lines go.</summary>
internal interface ILineTarget : IAsyncDisposable
{
    /// <summary>Takes a chunk, which it disposes; completes when there is room for the next.</summary>
    ValueTask SendAsync(TextChunk chunk, CancellationToken cancellationToken);

    /// <summary>Completes when everything sent has arrived.</summary>
    Task CompleteAsync();
}
