using System.Globalization;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>When a CronJob is due: five fields, or a name such as <c>@daily</c> (github.com/robfig/cron, as kube-controller-manager reads it).</summary>
internal sealed class CronSchedule
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly bool[] _minutes, _hours, _days, _months, _weekdays;
    private readonly bool _anyDay, _anyWeekday;

    private CronSchedule(string[] fields)
    {
        _minutes = Field(fields[0], 0, 59, []);
        _hours = Field(fields[1], 0, 23, []);
        _days = Field(fields[2], 1, 31, []);
        _months = Field(fields[3], 1, 12, Months);
        _weekdays = Field(fields[4].Replace('7', '0'), 0, 6, Days);
        (_anyDay, _anyWeekday) = (fields[2] is "*" or "?", fields[4] is "*" or "?");
    }

    /// <summary>Reads a schedule; null for what is none.</summary>
    public static CronSchedule? Parse(string text)
    {
        var fields = text.Trim() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            var other => other,
        };
        var five = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return five.Length == 5 ? new CronSchedule(five) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The first time after another; null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var at = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        var end = at.AddYears(5);
        while (at < end)
        {
            if (!_months[at.Month - 1]) at = new DateTime(at.Year, at.Month, 1).AddMonths(1);
            else if (!IsDay(at)) at = at.Date.AddDays(1);
            else if (!_hours[at.Hour]) at = at.Date.AddHours(at.Hour + 1);
            else if (!_minutes[at.Minute] || zone.IsInvalidTime(at)) at = at.AddMinutes(1);
            else return new DateTimeOffset(at, zone.GetUtcOffset(at));
        }
        return null;
    }

    // When both say something, either will do.
    private bool IsDay(DateTime at)
    {
        var (day, weekday) = (_days[at.Day - 1], _weekdays[(int)at.DayOfWeek]);
        return _anyDay || _anyWeekday ? day && weekday : day || weekday;
    }

    private static bool[] Field(string text, int first, int last, string[] names)
    {
        var set = new bool[last - first + 1];
        foreach (var part in text.Split(','))
        {
            var slash = part.Split('/');
            var step = slash.Length > 1 ? Number(slash[1], []) : 1;
            var range = slash[0].Split('-');
            var from = slash[0] is "*" or "?" ? first : Number(range[0], names, first);
            var to = slash[0] is "*" or "?" || (range.Length == 1 && slash.Length > 1) ? last : Number(range[^1], names, first);
            if (step < 1 || from < first || to > last || from > to) throw new FormatException();
            for (var i = from; i <= to; i += step) set[i - first] = true;
        }
        return set;
    }

    private static int Number(string text, string[] names, int first = 0)
    {
        var named = Array.IndexOf(names, text.ToLowerInvariant());
        return named >= 0 ? named + first : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
