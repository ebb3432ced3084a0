using AmoLtv.Host.Database;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>Rows written and read in PostgreSQL's binary format are what the database and its driver say they are.</summary>
public sealed class CopyRowTests
{
    private static readonly decimal[] Amounts =
    [
        0m, 0.01m, -0.01m, 0.10m, 1m, 99.99m, 100m, 9_999.99m, 10_000m, 10_000.01m, -12_345.60m, 99_999_999.99m, 100_000_000m,
        1_000_000_000_000m, 123_456_789_012.34m, 999_999_999_999_999m, -999_999_999_999_999m, 3_000_000_000_000_000m, 9_999_999_999_999_999.99m, 0.05m,
    ];

    private NpgsqlConnection _connection = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _connection = new NpgsqlConnection(await DatabaseServer.CreateMigratedDatabaseAsync());
        await _connection.OpenAsync();
        await using var create = new NpgsqlCommand(
            """
            create temporary table copied (
                place int, amount numeric(18, 2), number double precision, big bigint, small smallint, flag boolean, day date, words text)
            """, _connection);
        await create.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _connection.DisposeAsync();

    [Test]
    public async Task Values_written_are_the_values_the_driver_reads()
    {
        await WriteAsync();

        await using var command = new NpgsqlCommand("select * from copied order by place", _connection);
        await using var rows = await command.ExecuteReaderAsync();
        for (var place = 0; place < Amounts.Length; place++)
        {
            Assert.That(await rows.ReadAsync(), Is.True);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(rows.GetDecimal(1), Is.EqualTo(Amounts[place]));
                Assert.That(rows.GetDouble(2), Is.EqualTo(Number(place)));
                Assert.That(rows.GetInt64(3), Is.EqualTo(-place * 1_000_000_007L));
                Assert.That(rows.GetInt16(4), Is.EqualTo((short)-place));
                Assert.That(rows.GetBoolean(5), Is.EqualTo(place % 2 == 0));
                Assert.That(rows.GetFieldValue<DateOnly>(6), Is.EqualTo(Day(place)));
                Assert.That(rows.IsDBNull(7) ? null : rows.GetString(7), Is.EqualTo(Word(place)));
            }
        }
    }

    [Test]
    public async Task Values_read_are_the_values_the_driver_reads()
    {
        await WriteAsync();
        await using var stream = await _connection.BeginRawBinaryCopyAsync("copy (select * from copied order by place) to stdout (format binary)");
        var rows = new CopyRowReader(stream);

        for (var place = 0; place < Amounts.Length; place++)
        {
            Assert.That(await rows.ReadAsync(CancellationToken.None), Is.True);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(rows.GetInt32(0), Is.EqualTo(place));
                Assert.That(rows.GetDecimal(1), Is.EqualTo(Amounts[place]));
                Assert.That(rows.GetDecimal(1).Scale, Is.EqualTo(2), "As the column has it.");
                Assert.That(rows.GetDouble(2), Is.EqualTo(Number(place)));
                Assert.That(rows.GetInt64(3), Is.EqualTo(-place * 1_000_000_007L));
                Assert.That(rows.GetInt16(4), Is.EqualTo((short)-place));
                Assert.That(rows.GetBoolean(5), Is.EqualTo(place % 2 == 0));
                Assert.That(rows.GetDate(6), Is.EqualTo(Day(place)));
                Assert.That(rows.IsNull(7) ? null : rows.GetWord(7), Is.EqualTo(Word(place)));
            }
        }

        Assert.That(await rows.ReadAsync(CancellationToken.None), Is.False);
    }

    [Test]
    public async Task Rows_longer_and_more_than_a_buffer_arrive_whole()
    {
        var text = new string('я', 100_000);
        await using (var clear = new NpgsqlCommand("truncate copied", _connection))
        {
            await clear.ExecuteNonQueryAsync();
        }

        await using (var target = await _connection.BeginRawBinaryCopyAsync("copy copied (place, words) from stdin (format binary)"))
        {
            var writer = new CopyRowWriter(target);
            for (var place = 0; place < 50; place++)
            {
                await writer.StartRowAsync(2, CancellationToken.None);
                writer.Add((int?)place);
                writer.Add(text[..(place * 2000)]);
            }

            await writer.CompleteAsync(CancellationToken.None);
        }

        await using var stream = await _connection.BeginRawBinaryCopyAsync("copy (select place, words from copied order by place) to stdout (format binary)");
        var rows = new CopyRowReader(stream);
        for (var place = 0; place < 50; place++)
        {
            Assert.That(await rows.ReadAsync(CancellationToken.None), Is.True);
            Assert.That(rows.GetWord(1), Is.EqualTo(text[..(place * 2000)]));
        }
    }

    private async Task WriteAsync()
    {
        await using (var clear = new NpgsqlCommand("truncate copied", _connection))
        {
            await clear.ExecuteNonQueryAsync();
        }

        await using var stream = await _connection.BeginRawBinaryCopyAsync("copy copied from stdin (format binary)");
        var rows = new CopyRowWriter(stream);
        for (var place = 0; place < Amounts.Length; place++)
        {
            await rows.StartRowAsync(8, CancellationToken.None);
            rows.Add((int?)place);
            rows.Add((decimal?)Amounts[place]);
            rows.Add((double?)Number(place));
            rows.Add((long?)(-place * 1_000_000_007L));
            rows.Add((short?)-place);
            rows.Add((bool?)(place % 2 == 0));
            rows.Add((DateOnly?)Day(place));
            rows.Add(Word(place));
        }

        await rows.CompleteAsync(CancellationToken.None);
    }

    private static double Number(int place) => Math.Pow(-1.7, place);

    private static DateOnly Day(int place) => new DateOnly(1999, 12, 31).AddDays(place * 300);

    private static string? Word(int place) => place % 3 == 0 ? null : $"слово {place % 4}";
}
