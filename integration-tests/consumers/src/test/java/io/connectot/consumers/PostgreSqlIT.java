// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Postgres;
import io.connectot.consumers.fixture.Recipes;
import io.connectot.consumers.fixture.Sources;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recipe for PostgreSQL: values, statuses, gaps and events in tables, written by Debezium's
 * JDBC sink without a transformation. The tests share one outage of a Modbus device.
 */
@Tag("peers")
class PostgreSqlIT {
  private static final String PRESS = "connector = 'press'";
  private static final String TEMPERATURE = "acme/munich/press1/temperature";

  private static Postgres database;
  private static Sources sources;
  private static Site site;

  @BeforeAll
  static void fillTablesThroughAnOutage() throws IOException {
    database = Postgres.start();
    sources = new Sources();
    site = Consumers.start();
    Recipes.statements("postgresql tables").forEach(database::execute);
    Map<String, String> converters = Recipes.properties("json with schemas");
    for (String name : Sources.NAMES) {
      site.create(name, sources.connector(name, converters), 1);
    }
    for (Map<String, String> sink : Recipes.jdbcSinks()) {
      sink.put("connection.url", database.url());
      sink.put("connection.username", Postgres.USER);
      sink.put("connection.password", "none");
      site.create("postgresql-" + sink.get("topics"), sink, 1);
    }
    sources.publish("rooms/kitchen/temperature", "19.5");
    sources.plant().alarms().raise("Level", "Press1", 700, "the level is high");
    awaitRows("measurements", PRESS);
    awaitRows("device_status", PRESS + " AND state = 'ONLINE'");
    sources.switchOff("press");
    awaitRows("device_status", PRESS + " AND state = 'OFFLINE'");
    sources.switchOn("press");
    awaitRows("gaps", PRESS + " AND gap_start IS NOT NULL");
    awaitRows(
        "measurements",
        PRESS
            + " AND quality = 'GOOD' AND event_time > (SELECT max(gap_end) FROM gaps WHERE "
            + PRESS
            + ")");
    awaitRows("events", "severity = 700");
  }

  @AfterAll
  static void stop() throws IOException {
    if (site != null) {
      site.close();
    }
    if (sources != null) {
      sources.close();
    }
    if (database != null) {
      database.close();
    }
  }

  private static void awaitRows(String table, String condition) {
    Consumers.awaitTrue(
        site,
        "rows in " + table + " with " + condition,
        () -> database.count(table, condition) > 0);
  }

  @Test
  void valuesOfEveryConnectorAreInTheTable() {
    List<Map<String, Object>> connectors =
        database.query("SELECT DISTINCT connector FROM measurements ORDER BY 1");

    assertThat(connectors)
        .extracting(row -> row.get("connector"))
        .containsExactly("filling", "meter", "press", "rooms");
    assertThat(
            database.query(
                "SELECT value_double, unit, quality, tag FROM measurements WHERE path = '"
                    + TEMPERATURE
                    + "' AND quality = 'GOOD' LIMIT 1"))
        .containsExactly(
            Map.of("value_double", 20.5, "unit", "°C", "quality", "GOOD", "tag", "temperature"));
  }

  @Test
  void alarmsAreRowsWithTheirState() {
    assertThat(
            database.query(
                "SELECT device, connector, message, active, acknowledged FROM events WHERE severity"
                    + " = 700"))
        .contains(
            Map.of(
                "device",
                "plant",
                "connector",
                "filling",
                "message",
                "the level is high",
                "active",
                true,
                "acknowledged",
                false));
  }

  @Test
  void joinReturnsTheGapOfTheOutageBesideTheLastValueBeforeIt() {
    List<Map<String, Object>> rows =
        database.query(Recipes.text("postgresql values with gaps")).stream()
            .filter(row -> row.get("path").equals(TEMPERATURE))
            .toList();
    List<Map<String, Object>> gaps =
        database.query(
            "SELECT gap_start, gap_end, cause FROM gaps WHERE gap_start IS NOT NULL AND " + PRESS);

    assertThat(gaps).isNotEmpty();
    for (Map<String, Object> gap : gaps) {
      List<Map<String, Object>> before =
          rows.stream()
              .filter(row -> gap.get("gap_end").equals(row.get("gap_end")))
              .filter(row -> row.get("quality").equals("GOOD"))
              // Values that a slow scan read late can be inside of a gap.
              .filter(row -> !isAfter(row.get("event_time"), gap.get("gap_start")))
              .toList();
      assertThat(before).as("values before %s of %s", gap, rows).hasSize(1);
      assertThat(before.get(0))
          .containsEntry("gap_start", gap.get("gap_start"))
          .containsEntry("cause", gap.get("cause"));
    }
    assertThat(rows).anyMatch(row -> row.get("gap_end") == null);
  }

  private static boolean isAfter(Object time, Object other) {
    return ((Timestamp) time).after((Timestamp) other);
  }

  @Test
  void meanPerHourCountsTheSecondsOfTheGap() {
    List<Map<String, Object>> hours =
        database.query(Recipes.text("postgresql mean per hour")).stream()
            .filter(row -> row.get("path").equals(TEMPERATURE))
            .toList();
    Object missing =
        database
            .query(
                "SELECT sum(extract(epoch FROM gap_end - gap_start)) AS seconds FROM gaps WHERE "
                    + "(tag IS NULL OR tag = 'temperature') AND NOT filled AND "
                    + PRESS)
            .get(0)
            .get("seconds");

    assertThat(hours).isNotEmpty().allMatch(row -> row.get("mean").equals(20.5));
    assertThat(hours.stream().mapToDouble(row -> number(row.get("missing_seconds"))).sum())
        .isPositive()
        .isEqualTo(number(missing));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void stateOfADeviceThatIsReadIsKnown() {
    assertThat(database.query(Recipes.text("postgresql states")))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("path", "acme/munich/press1")
                    .containsEntry("state", "ONLINE"));
  }

  @Test
  void recordsThatArriveTwiceAreOneRow() {
    String sink = "postgresql-measurements";
    String before =
        "event_time < '"
            + database.query("SELECT max(event_time) AS t FROM measurements").get(0).get("t")
            + "'";
    long rows = database.count("measurements", before);

    site.rest().stop(sink);
    Consumers.awaitTrue("the sink to stop", () -> site.rest().status(sink).taskStates().isEmpty());
    assertThat(site.rest().deleteOffsets(sink).isSuccess()).isTrue();
    Object newest =
        database.query("SELECT max(ingest_time) AS t FROM measurements").get(0).get("t");
    site.rest().resume(sink);
    awaitRows("measurements", "ingest_time > '" + newest + "'");

    assertThat(database.count("measurements", before)).isEqualTo(rows);
  }
}
