using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.WritingBack;

/// <summary>One company or contact: its numbers, null where it never bought, and what the CRM held when it was last read.</summary>
public sealed record CardTarget(long Id, CustomerOutputs? Outputs, IReadOnlyDictionary<FieldId, string> Held);
