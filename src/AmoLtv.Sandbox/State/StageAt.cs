namespace AmoLtv.Sandbox.State;

/// <summary>A stage named as the CRM identifies it: by pipeline and status together.</summary>
public readonly record struct StageAt(long PipelineId, long StatusId);
