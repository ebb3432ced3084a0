using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Reads every card that carries our fields afresh from the CRM and compares them with what was computed. Changes nothing.
/// Fields left alone because something else writes them, and leads that are closed, are not compared.
/// </summary>
public sealed class Verification(
    OutputFieldStore outputs, TargetStore targets, ConflictStore conflicts, VerificationStore store, CrmConnections connections)
{
    private const int MostExamples = 20;

    /// <exception cref="CommandFailedException">Write-back is not enabled, or the account was not valued yet.</exception>
    public async Task<VerificationResult> RunAsync(AccountId account, IProgress<RunProgress> progress, CancellationToken cancellationToken)
    {
        var fields = await outputs.ListAsync(account, cancellationToken);
        if (fields.Count == 0)
        {
            throw new CommandFailedException("There is nothing to verify. " + WriteBackWords.Nothing(account, await outputs.ListAllAsync(account, cancellationToken)));
        }

        var facts = await targets.FindAccountAsync(account, cancellationToken)
            ?? throw new CommandFailedException($"Account {account} was not valued yet: amoltv run.");
        var crm = await connections.OpenAsync(account, cancellationToken);
        var mismatches = new Mismatches(MostExamples, await conflicts.ListStoppedAsync(account, cancellationToken));
        var cards = new Dictionary<EntityType, long>();
        foreach (var entity in OutputFieldStore.Entities.Where(entity => entity != EntityType.Lead || fields.ContainsKey(entity)))
        {
            cards[entity] = await CompareAsync(crm, account, entity, fields.GetValueOrDefault(entity, []), facts, mismatches, progress, cancellationToken);
        }

        return new VerificationResult(
            account, cards[EntityType.Company], cards[EntityType.Contact],
            await store.ReadAsync(account, cancellationToken), mismatches.Count, mismatches.Examples);
    }

    private async Task<long> CompareAsync(
        AmoCrmClient crm,
        AccountId account,
        EntityType entity,
        IReadOnlyList<TargetField> fields,
        OutputAccount facts,
        Mismatches mismatches,
        IProgress<RunProgress> progress,
        CancellationToken cancellationToken)
    {
        var read = fields.Select(field => field.Field).ToHashSet();
        var count = 0L;
        await foreach (var page in HeldCards.ReadAllAsync(crm, entity, read, cancellationToken))
        {
            var present = page.Where(card => !card.IsDeleted).ToList();
            var computed = new Dictionary<long, CustomerOutputs?>();
            await foreach (var target in targets.ReadAsync(account, entity, [.. present.Select(card => card.Id)], cancellationToken))
            {
                computed[target.Id] = target.Outputs;
            }

            foreach (var card in present.Where(card => entity != EntityType.Lead || computed.ContainsKey(card.Id)))
            {
                mismatches.Add(entity, card, FieldWritePlan.Differences(fields, computed.GetValueOrDefault(card.Id), card.Fields, facts));
            }

            count += present.Count;
            progress.Report(new RunProgress(account, "verify", new StepProgress(count, null, $"{entity} cards read from the CRM".ToLowerInvariant())));
        }

        return count;
    }

    private sealed class Mismatches(int most, IReadOnlySet<(EntityType Entity, long Id, FieldId Field)> leftAlone)
    {
        private readonly List<string> _examples = [];

        public long Count { get; private set; }

        public IReadOnlyList<string> Examples => _examples;

        /// <summary>A CRM that keeps fewer decimals holds what it can.</summary>
        private static bool IsRounded(FieldDifference difference) => ConflictRule.Judge(
            difference.Target.Output.Type, difference.After, difference.Before, difference.After, 0) == ConflictVerdict.Rounded;

        public void Add(EntityType entity, HeldCard card, IReadOnlyList<FieldDifference> differences)
        {
            // The time goes with another field: alone it says nothing about the numbers.
            foreach (var difference in differences.Where(difference =>
                !difference.Target.Output.IsCompanion && !leftAlone.Contains((entity, card.Id, difference.Target.Field))
                && !IsRounded(difference)))
            {
                Count++;
                if (_examples.Count < most)
                {
                    _examples.Add(
                        $"{entity} {card.Id}, {difference.Target.Output.Output}: the CRM holds {difference.Before ?? "nothing"}, computed is {difference.After ?? "nothing"}.");
                }
            }
        }
    }
}
