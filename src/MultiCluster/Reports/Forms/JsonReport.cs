using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MultiCluster.Reports.Forms;

/// <summary>A report as JSON: an object for each row, figures as numbers.</summary>
internal static class JsonReport
{
    /// <summary>The file.</summary>
    public static string Of(KubeReport report)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("title", report.Title);
            writer.WriteString("created", report.Created);
            writer.WriteStartArray("sections");
            foreach (var section in report.Sections)
                Write(writer, section);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, ReportSection section)
    {
        writer.WriteStartObject();
        writer.WriteString("title", section.Title);
        if (section.Note is { } note)
            writer.WriteString("note", note);
        switch (section)
        {
            case ReportCards cards:
                writer.WriteStartObject("figures");
                foreach (var card in cards.Cards.DistinctBy(static card => card.Label))
                    writer.WriteString(card.Label, card.Value);
                writer.WriteEndObject();
                break;
            case ReportTable table:
                WriteRows(writer, table);
                break;
            case ReportChart chart:
                WriteRows(writer, chart.Figures);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter writer, ReportTable table)
    {
        writer.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            writer.WriteStartObject();
            foreach (var (column, cell) in table.Columns.Zip(row))
            {
                var name = column.Name;
                if (column.IsNumber && cell.Number is { } number && double.IsFinite(number))
                    writer.WriteNumber(name, number);
                else
                    writer.WriteString(name, cell.Text);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
