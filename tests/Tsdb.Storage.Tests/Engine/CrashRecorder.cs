using Tsdb.Model.Labels;
using Tsdb.Model.Writing;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Engine;

/// <summary>
/// Takes an image of the disk before every call that changes it, and remembers which requests were acknowledged by then. A request is its number: what it
/// writes follows from that.
/// </summary>
internal sealed class CrashRecorder
{
    private readonly CrashSurvivors _survivors;
    private readonly Func<int, (LabelSet Labels, long TimestampNs, double Value)[]> _samplesOf;
    private readonly List<(string Call, int[] Acknowledged, int Sent, InMemoryFileSystem Disk)> _images = [];
    private volatile int[] _acknowledged = []; // replaced whole; the disk's hook reads it on the engine's threads
    private volatile int _sent;

    public CrashRecorder(CrashSurvivors survivors, Func<int, (LabelSet Labels, long TimestampNs, double Value)[]> samplesOf)
    {
        _survivors = survivors;
        _samplesOf = samplesOf;
        Disk.BeforeCall = (call, path) => _images.Add(($"{call} {path}", _acknowledged, _sent, Disk.Crash(survivors, _images.Count)));
    }

    /// <summary>The disk to run on.</summary>
    public InMemoryFileSystem Disk { get; } = new();

    /// <summary>How many images were taken.</summary>
    public int ImageCount => _images.Count;

    /// <summary>Writes the next request; it counts as acknowledged when its durability survives this kind of crash.</summary>
    /// <param name="bed">The engine.</param>
    /// <param name="durability">The durability to wait for.</param>
    /// <param name="attempts">How often it is sent, all at once, as by a client that lost patience.</param>
    public async Task WriteAsync(EngineBed bed, Durability durability = Durability.Always, int attempts = 1)
    {
        int request = _sent++;
        var samples = _samplesOf(request);
        await Task.WhenAll(Enumerable.Range(0, attempts).Select(_ => bed.WriteAsync(durability, samples)));
        if (durability == Durability.Always || _survivors == CrashSurvivors.Everything)
        {
            _acknowledged = [.. _acknowledged, request];
        }
    }

    /// <summary>Opens every image and requires each acknowledged sample, and none that was not sent.</summary>
    public async Task CheckAsync(int shards)
    {
        Disk.BeforeCall = null;
        foreach ((string call, int[] acknowledged, int sent, InMemoryFileSystem image) in _images)
        {
            await using EngineBed bed = await EngineBed.OpenAsync(image, shards);
            var found = bed.ReadAll().SelectMany(series => series.Value.Select(sample => (series.Key, sample.TimestampNs, sample.Value))).ToHashSet();
            Assert.That(acknowledged.SelectMany(_samplesOf).Count(sample => !found.Contains(sample)), Is.Zero, $"lost by a crash before: {call}");
            found.ExceptWith(Enumerable.Range(0, sent).SelectMany(_samplesOf));
            Assert.That(found, Is.Empty, $"invented by a crash before: {call}");
        }
    }
}
