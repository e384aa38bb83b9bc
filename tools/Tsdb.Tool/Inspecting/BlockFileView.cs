using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage.Blocks;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Tool.Inspecting;

/// <summary>Shows one data file of a block: its sections, and which of its checksums match.</summary>
/// <param name="files">The disk; only read.</param>
/// <param name="report">Where to write.</param>
internal sealed class BlockFileView(IFileSystem files, InspectionReport report)
{
    private const string Whole = "intact";
    private const string Broken = "damaged";

    /// <summary>Shows a file and checks all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">What it must begin and end with.</param>
    /// <param name="id">The block it must belong to.</param>
    /// <param name="written">What meta.json says of it.</param>
    /// <returns>False when the header, the footer or a section with a checksum of its own is damaged, so that the file cannot be read.</returns>
    public bool Show(string path, ulong magic, BlockId id, FileDigest written)
    {
        bool isReadable = false;
        report.TryCheck(() =>
        {
            using var file = MappedFrame.Open(files, path);
            isReadable = Show(file.Frame, magic, id, written);
        });
        return isReadable;
    }

    private bool Show(BlockFrame frame, ulong magic, BlockId id, FileDigest written)
    {
        report.Heading($"{frame.Path}, {FieldText.Count(frame.LengthBytes, "byte", "bytes")}");
        bool isLengthRight = report.TryCheck(() => CheckLength(frame, written));
        bool isHeaderWhole = report.TryCheck(() => frame.CheckHeader(magic, id));
        SectionEntry[] sections = [];
        bool isFooterWhole = report.TryCheck(() => sections = frame.ReadFooter(magic));
        using (PagedTable table = report.BeginTable("part", "type", "version", "offset", "length", "CRC-32C", "state"))
        {
            AddPart(table, isHeaderWhole, "header", "", "", "0", FieldText.Number(BlockFileFormat.HeaderBytes), "");
            bool areSectionsWhole = AddSections(table, frame, sections);
            AddFooter(table, isFooterWhole, frame, sections.Length);
            bool isDigestRight = !isLengthRight || report.TryCheck(() => CheckDigest(frame, written));
            AddPart(table, isLengthRight && isDigestRight, "Merkle root", "", "", "0", FieldText.Number(frame.LengthBytes), "");
            return isLengthRight && isHeaderWhole && isFooterWhole && areSectionsWhole;
        }
    }

    private static void CheckLength(BlockFrame frame, FileDigest written)
    {
        if (frame.LengthBytes != written.LengthBytes)
        {
            throw new CorruptionException(
                frame.Path,
                Math.Min(frame.LengthBytes, written.LengthBytes),
                $"it has {frame.LengthBytes} bytes; {BlockNames.Meta} says {written.LengthBytes}");
        }
    }

    private static void CheckDigest(BlockFrame frame, FileDigest written)
    {
        FileDigest found = frame.Digest();
        if (found != written)
        {
            throw new CorruptionException(frame.Path, 0, $"its Merkle root is {found.MerkleRoot}; {BlockNames.Meta} says {written.MerkleRoot}");
        }
    }

    private bool AddSections(PagedTable table, BlockFrame frame, SectionEntry[] sections)
    {
        bool areWhole = true;
        foreach (SectionEntry section in sections)
        {
            bool isWhole = report.TryCheck(() => frame.CheckSection(section));
            areWhole &= isWhole;
            bool isChunks = section.Type == SectionType.Chunks;
            AddPart(
                table,
                isWhole,
                isChunks ? "section, each chunk with its own CRC-32C" : "section",
                $"{(ushort)section.Type} {section.Type}",
                FieldText.Number(section.Version),
                FieldText.Number(section.OffsetBytes),
                FieldText.Number(section.LengthBytes),
                isChunks ? FieldText.None : FieldText.Checksum(section.Checksum));
        }

        return areWhole;
    }

    private static void AddFooter(PagedTable table, bool isWhole, BlockFrame frame, int sectionCount)
    {
        long lengthBytes = (sectionCount * BlockFileFormat.FooterEntryBytes) + BlockFileFormat.FooterTailBytes;
        AddPart(table, isWhole, "footer", "", "", FieldText.Number(frame.LengthBytes - lengthBytes), FieldText.Number(lengthBytes), "");
    }

    private static void AddPart(PagedTable table, bool isWhole, params string[] cells)
    {
        if (isWhole)
        {
            table.Add([.. cells, Whole]);
        }
        else
        {
            table.AddDamaged([.. cells, Broken]);
        }
    }
}
