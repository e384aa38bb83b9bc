namespace Tsdb.Storage.Blocks;

/// <summary>Tells a file's content: for backup, transfer and scrubbing.</summary>
/// <param name="LengthBytes">The file's length.</param>
/// <param name="MerkleRoot">The root of the <see cref="Layout.MerkleTree"/> over its bytes, as 64 lower-case hexadecimal digits.</param>
internal readonly record struct FileDigest(long LengthBytes, string MerkleRoot);
