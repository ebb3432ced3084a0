namespace AmoLtv.Sandbox.State;

/// <summary>A pipeline with its stages; 142 and 143 are the same ids in every one.</summary>
public sealed record Pipeline(long Id, string Name, int Sort, bool IsMain, bool IsArchive, Stage[] Stages);
