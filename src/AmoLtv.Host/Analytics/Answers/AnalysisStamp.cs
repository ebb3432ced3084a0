using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Of when and of what an answer is.</summary>
/// <param name="Run">Run that made it.</param>
/// <param name="CalculatedAt">When.</param>
/// <param name="AsOf">Date the numbers are of.</param>
/// <param name="Basis">What value is a sum of.</param>
/// <param name="IsOwn">Whether it is about the caller's own clients alone.</param>
internal sealed record AnalysisStamp(long Run, DateTimeOffset CalculatedAt, DateOnly AsOf, Basis Basis, bool IsOwn);
