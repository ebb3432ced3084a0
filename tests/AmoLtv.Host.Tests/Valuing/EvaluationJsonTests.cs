using System.Text.Encodings.Web;
using System.Text.Json;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Valuing;

namespace AmoLtv.Host.Tests.Valuing;

[TestFixture]
public sealed class EvaluationJsonTests
{
    private static readonly JsonSerializerOptions Relaxed = new(SettingsJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public void Numbers_of_an_account_are_written_as_the_serializer_writes_them()
    {
        var random = new Random(5);
        var end = new DateOnly(2026, 6, 30);
        var rows = Enumerable.Range(0, 400).Select(i => new Transaction($"c{i % 60}", end.AddDays(-random.Next(900)), i % 11 == 0 ? -3.10m : random.Next(100_000) / 100m)).ToList();
        var numbers = TransactionEvaluation.Of(rows, new AccountSettings(), end);

        Assert.That(EvaluationJson.Write(numbers.Account), Is.EqualTo(JsonSerializer.Serialize(numbers.Account, Relaxed)));
        Assert.That(EvaluationJson.Write(numbers.Tiers), Is.EqualTo(JsonSerializer.Serialize(numbers.Tiers, Relaxed)));
    }

    [Test]
    public void Every_kind_of_value_is_written_as_the_serializer_writes_it()
    {
        var document = new
        {
            Text = "a+b \"quoted\" <Ёж>\n",
            Nothing = (string?)null,
            Kinds = new[] { GapKind.None, GapKind.OwnRate },
            ByKind = new SortedDictionary<GapKind, int> { [GapKind.OwnRate] = 3 },
            ByName = new Dictionary<string, double>(StringComparer.Ordinal) { ["R"] = 1e-300, ["alpha"] = 12.5 },
            Pairs = new List<(int, int)>(),
            Day = new DateOnly(2026, 1, 2),
            Long = long.MaxValue,
            Money = 10.50m,
            Flag = true,
        };

        Assert.That(EvaluationJson.Write(document), Is.EqualTo(JsonSerializer.Serialize(document, Relaxed)));
    }

    private enum GapKind
    {
        None,
        OwnRate,
    }
}
