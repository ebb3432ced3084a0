namespace AmoLtv.AmoCrm.Transport;

/// <summary>A person's request was given no turn in time: the CRM asked for a rest, or others had the turns.</summary>
internal sealed class NoPermitException() : Exception("No turn came in time.");
