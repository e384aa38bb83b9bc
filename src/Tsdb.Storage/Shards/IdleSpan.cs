namespace Tsdb.Storage.Shards;

/// <summary>What counts as idle after a rotation, in generations of <see cref="SlotMarks"/>.</summary>
/// <param name="TwoRotations">Series last used before this one have seen two rotations since.</param>
/// <param name="OneRotation">Series last used before this one have seen one.</param>
internal readonly record struct IdleSpan(uint TwoRotations, uint OneRotation);
