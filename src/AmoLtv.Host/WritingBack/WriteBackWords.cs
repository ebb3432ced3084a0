using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>Sentences that several steps and commands say of the write-back.</summary>
internal static class WriteBackWords
{
    /// <summary>Why no field is written of an account.</summary>
    public static string Nothing(AccountId account, IReadOnlyList<OutputFieldRow> fields) => fields.Any(field => field.IsAwaited)
        ? $"What stands in the fields is read first: amoltv sync --account {account}."
        : "Write-back is not enabled: amoltv write-back --enable shows what it would create.";
}
