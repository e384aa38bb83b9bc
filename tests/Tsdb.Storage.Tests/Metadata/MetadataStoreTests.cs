using Tsdb.Model.Errors;
using Tsdb.Model.Metadata;
using Tsdb.Storage.Metadata;
using Tsdb.Testing.Files;

namespace Tsdb.Storage.Tests.Metadata;

public sealed class MetadataStoreTests
{
    private const string Folder = "/data";
    private const string FilePath = "/data/METADATA";

    private static readonly MetricMetadata Up = new("up", MetricType.Gauge, "Whether it is up.", "");
    private static readonly MetricMetadata Requests = new("http_requests_total", MetricType.Counter, "Requests, ü.", "requests");

    [Test]
    public async Task Set_Families_AreListedAndThereAfterReopening()
    {
        InMemoryFileSystem files = NewDisk();
        using (var store = MetadataStore.Open(files, Folder))
        {
            Set(store, Up);
            Set(store, Up with { Help = "Replaced." });
            Assert.That(store.List(), Is.EqualTo(new[] { Up with { Help = "Replaced." } }), "visible at once");
            await store.SaveAsync(CancellationToken.None);
            Set(store, Up);
            Set(store, Requests);
            await store.SaveAsync(CancellationToken.None);
        }

        using var reopened = MetadataStore.Open(files.Crash(), Folder);
        Assert.That(reopened.List(), Is.EqualTo(new[] { Requests, Up }));
        Assert.That(reopened.DamagedBytes, Is.Zero);
    }

    [Test]
    public async Task SaveAsync_NothingChanged_TouchesNoFile()
    {
        InMemoryFileSystem inner = NewDisk();
        using var store = MetadataStore.Open(inner, Folder);
        Set(store, Up);
        await store.SaveAsync(CancellationToken.None);
        inner.BeforeCall = (call, path) => Assert.Fail($"{call} {path}");

        Set(store, Up);
        ValueTask save = store.SaveAsync(CancellationToken.None);

        Assert.That(save.IsCompletedSuccessfully);
        await save;
    }

    [Test]
    public void Set_KnownMetadata_AllocatesNothing()
    {
        using var store = MetadataStore.Open(NewDisk(), Folder);
        Set(store, Up);
        byte[] help = Utf8(Up.Help);
        store.Set("up"u8, MetricType.Gauge, help, []);
        long before = GC.GetAllocatedBytesForCurrentThread();
        store.Set("up"u8, MetricType.Gauge, help, []);
        Assert.That(GC.GetAllocatedBytesForCurrentThread(), Is.EqualTo(before));
    }

    [Test]
    public void Set_NotValid_IsLeftOut()
    {
        using var store = MetadataStore.Open(NewDisk(), Folder);
        store.Set([], MetricType.Gauge, [], []);
        store.Set([0xFF], MetricType.Gauge, [], []);
        store.Set("help"u8, MetricType.Gauge, [0xFF], []);
        store.Set("unit"u8, MetricType.Gauge, [], [0xFF]);
        store.Set(new byte[MetadataTable.MaxFamilyBytes + 1], MetricType.Gauge, [], []);
        Assert.That(store.List(), Is.Empty);
    }

    [Test]
    public void Set_LongHelp_IsCutBetweenCharacters()
    {
        using var store = MetadataStore.Open(NewDisk(), Folder);
        Set(store, Up with { Help = "a" + new string('ü', MetadataTable.MaxTextBytes) });
        Assert.That(store.List()[0].Help, Is.EqualTo("a" + new string('ü', (MetadataTable.MaxTextBytes - 2) / 2)));
    }

    [Test]
    public void Set_FamiliesWithoutEnd_StopsAtItsMemory()
    {
        using var store = MetadataStore.Open(NewDisk(), Folder);
        string help = new('x', MetadataTable.MaxTextBytes);
        for (int i = 0; i < 10_000; i++)
        {
            Set(store, new MetricMetadata($"family_{i}", MetricType.Gauge, help, ""));
        }

        Set(store, new MetricMetadata("family_0", MetricType.Counter, "short", ""));

        IReadOnlyList<MetricMetadata> all = store.List();
        Assert.That(all, Has.Count.InRange(7_000, 8_200), "32 MiB");
        Assert.That(all.Single(metadata => metadata.Family == "family_0").Help, Is.EqualTo("short"), "those known may still change");
    }

    [Test]
    public async Task SaveAsync_ManyChanges_IsWrittenAnewAndStaysSmall()
    {
        InMemoryFileSystem files = NewDisk();
        using var store = MetadataStore.Open(files, Folder);
        for (int i = 0; i < 600; i++)
        {
            Set(store, Up with { Help = new string('x', 4000) + i });
            await store.SaveAsync(CancellationToken.None);
        }

        Assert.That(files.ReadAllBytes(FilePath), Has.Length.LessThan((1 << 20) + 5000));
        using var reopened = MetadataStore.Open(files.Crash(), Folder);
        Assert.That(reopened.List().Single().Help, Does.EndWith("x599"));
    }

    [Test]
    public async Task SaveAsync_DiskRefuses_SaysSoAndGoesOnAfterwards([Values(FileCall.Write, FileCall.Sync)] FileCall failing)
    {
        InMemoryFileSystem inner = NewDisk();
        var files = new FaultyFileSystem(inner);
        using (var store = MetadataStore.Open(files, Folder))
        {
            Set(store, Up);
            await store.SaveAsync(CancellationToken.None);
            files.Fail(failing);
            Set(store, Requests);
            Assert.That(async () => await store.SaveAsync(CancellationToken.None), Throws.TypeOf<UnavailableException>().With.Message.Contains("metadata"));
            await store.SaveAsync(CancellationToken.None);
        }

        using var reopened = MetadataStore.Open(inner.Crash(), Folder);
        Assert.That(reopened.List(), Is.EqualTo(new[] { Requests, Up }));
    }

    [Test]
    public async Task Open_StoppedBeforeEachCall_KeepsWhatWasSaved([Values] CrashSurvivors survivors)
    {
        for (int stop = 1; ; stop++)
        {
            InMemoryFileSystem files = NewDisk();
            int calls = 0;
            int step = stop;
            files.BeforeCall = (_, _) =>
            {
                if (++calls == step)
                {
                    throw new IOException("stopped here");
                }
            };
            int saved = await SaveUntilStoppedAsync(files);
            files.BeforeCall = null;

            using var reopened = MetadataStore.Open(files.Crash(survivors, stop), Folder);

            // What was being saved when it stopped may be there or not.
            string[] families = [.. reopened.List().Select(metadata => metadata.Family)];
            Assert.That(families.Length, Is.InRange(saved, saved + 1), $"stopped before call {stop}");
            Assert.That(families, Is.EqualTo(Enumerable.Range(0, families.Length).Select(i => $"family_{i}")));
            if (saved == 4)
            {
                return;
            }
        }
    }

    [Test]
    public async Task Open_EveryTruncationAndFlippedBit_KeepsWhatComesBefore()
    {
        InMemoryFileSystem files = NewDisk();
        using (var store = MetadataStore.Open(files, Folder))
        {
            Set(store, Up);
            await store.SaveAsync(CancellationToken.None);
            Set(store, Requests);
            await store.SaveAsync(CancellationToken.None);
        }

        byte[] whole = files.ReadAllBytes(FilePath);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            await OpensAndHealsAsync(files, whole[..i], isDamaged: false);
            await OpensAndHealsAsync(files, flipped, isDamaged: true);
        }
    }

    [Test]
    public void Open_NewerVersion_IsRefused()
    {
        InMemoryFileSystem files = NewDisk();
        byte[] header = [.. "TSDBMETA"u8, 2, 0, 0, 0, 0, 0, 0, 0];
        BitConverter.TryWriteBytes(header.AsSpan(12), Tsdb.Encoding.Checksums.Crc32C.Compute(header.AsSpan(0, 12)));
        files.WriteAllBytes(FilePath, header);
        Assert.That(() => MetadataStore.Open(files, Folder), Throws.TypeOf<DataFolderException>().With.Message.Contains("version 2"));
    }

    private static async Task OpensAndHealsAsync(InMemoryFileSystem files, byte[] bytes, bool isDamaged)
    {
        files.WriteAllBytes(FilePath, bytes);
        using var store = MetadataStore.Open(files, Folder);
        Assert.That(store.List(), Is.SubsetOf(new[] { Up, Requests }));
        Assert.That(store.DamagedBytes, isDamaged ? Is.Positive : Is.Not.Negative);
        Set(store, Up with { Help = "Again." });
        await store.SaveAsync(CancellationToken.None);
        using var healed = MetadataStore.Open(files, Folder);
        Assert.That((healed.DamagedBytes, healed.List().Count), Is.EqualTo((0L, store.List().Count)));
    }

    private static InMemoryFileSystem NewDisk()
    {
        var files = new InMemoryFileSystem();
        files.CreateDirectory(Folder);
        files.SyncDirectory("/");
        return files;
    }

    private static void Set(IMetadataStore store, MetricMetadata metadata) =>
        store.Set(Utf8(metadata.Family), metadata.Type, Utf8(metadata.Help), Utf8(metadata.Unit));

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static async Task<int> SaveUntilStoppedAsync(InMemoryFileSystem files)
    {
        int saved = 0;
        try
        {
            using var store = MetadataStore.Open(files, Folder);
            for (; saved < 4; saved++)
            {
                Set(store, new MetricMetadata($"family_{saved}", MetricType.Gauge, "", ""));
                await store.SaveAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (error is UnavailableException or IOException)
        {
        }

        return saved;
    }
}
