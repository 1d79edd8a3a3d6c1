// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

/**
 * Every metric of a source task: the one list from which they are registered and documented. What
 * ends in {@code -total} only rises while the task runs.
 */
public enum TaskMetric {
  CONNECTION_STATE(
      Scope.TASK,
      "connection-state",
      "Whether endpoints are connected: 0 none, 1 some, 2 all of the task's"),
  RECONNECTS(Scope.TASK, "reconnect-total", "Connections established anew after a loss"),
  DEVICES(Scope.DEVICES, "device-count", "Devices of the task"),
  DEVICES_ONLINE(Scope.DEVICES, "device-online-count", "Devices whose last scan was answered"),
  DEVICES_DEGRADED(
      Scope.DEVICES,
      "device-degraded-count",
      "Devices whose scans have begun to fail but that are not given up"),
  DEVICES_OFFLINE(
      Scope.DEVICES,
      "device-offline-count",
      "Devices without a connection, or given up and only probed"),
  VALUES_READ(
      Scope.SOURCES, "value-read-total", "Values that devices sent or answered, of any quality"),
  VALUES_BAD(Scope.SOURCES, "value-bad-total", "Values of BAD quality among those read"),
  NEWEST_VALUE_AGE(
      Scope.SOURCES,
      "newest-value-age-ms",
      "Milliseconds since the task received its newest value that is not BAD; -1 before the first"),
  RECORDS_QUEUED(Scope.SOURCES, "record-queued-total", "Records put into the buffer"),
  RECORDS_POLLED(Scope.SOURCES, "record-polled-total", "Records handed to the Connect worker"),
  RECORDS_DELIVERED(
      Scope.SOURCES,
      "record-delivered-total",
      "Records that Kafka has, or that a transformation dropped"),
  RECORDS_UNACKNOWLEDGED(
      Scope.SOURCES,
      "record-unacknowledged-count",
      "Records handed to the worker that Kafka does not have yet"),
  BUFFER_RECORDS(Scope.TASK, "buffer-record-count", "Records waiting in the buffer"),
  BUFFER_BYTES(
      Scope.TASK, "buffer-bytes", "Estimated heap of the records waiting in the buffer, in bytes"),
  GAPS(Scope.SOURCES, "gap-total", "Spans of time for which values are missing or may be missing"),
  SCANS(Scope.DEVICES, "scan-total", "Scans of a device that ended, well or not"),
  SCANS_MISSED(
      Scope.DEVICES,
      "scan-missed-total",
      "Scans left out because the one before took too long or the buffer was full"),
  SCAN_TIME_AVG(
      Scope.DEVICES,
      "scan-time-avg-ms",
      "Mean duration of a scan in the last minute, in milliseconds"),
  SCAN_TIME_MAX(
      Scope.DEVICES,
      "scan-time-max-ms",
      "Longest duration of a scan in the last minute, in milliseconds"),
  MESSAGES_RECEIVED(
      Scope.MESSAGES, "message-received-total", "Messages that the broker sent, of any QoS"),
  MESSAGES_ACKNOWLEDGED(
      Scope.MESSAGES,
      "message-acknowledged-total",
      "Messages acknowledged to the broker, all of whose records are in Kafka"),
  MESSAGES_UNACKNOWLEDGED(
      Scope.MESSAGES,
      "message-unacknowledged-count",
      "Messages of QoS 1 received and not acknowledged yet"),
  MESSAGES_UNACKNOWLEDGED_BYTES(
      Scope.MESSAGES,
      "message-unacknowledged-bytes",
      "Topics and payloads of these messages, in bytes"),
  MESSAGES_WITHOUT_RECORD(
      Scope.MESSAGES, "message-without-record-total", "Messages that became no record"),
  MESSAGES_POISON(
      Scope.MESSAGES,
      "message-poison-total",
      "Messages that could not be read, and were skipped or put into the dead letter topic"),
  MESSAGES_UNMATCHED(
      Scope.MESSAGES,
      "message-unmatched-total",
      "Messages that no configured subscription matches, mapped by the connector's own keys"),
  MESSAGES_DROPPED(
      Scope.MESSAGES,
      "message-dropped-total",
      "Messages of QoS 0 dropped because the records before them wait for Kafka"),
  DUPLICATES_ADOPTED(
      Scope.MESSAGES,
      "message-duplicate-total",
      "Messages that came again after a reconnect and made no second record"),
  ACKNOWLEDGEMENTS_STALE(
      Scope.MESSAGES,
      "acknowledgement-stale-total",
      "Messages whose records reached Kafka when their connection was over, so that the broker"
          + " sends them again"),
  READING_PAUSED(
      Scope.MESSAGES,
      "reading-paused-total",
      "Times that reading stopped because too many messages were not acknowledged"),
  DISCONNECTS_OVERLOAD(
      Scope.MESSAGES,
      "overload-disconnect-total",
      "Connections given up because too many messages were not acknowledged for too long"),
  SESSIONS_LOST(
      Scope.MESSAGES,
      "session-lost-total",
      "Times that the broker had forgotten the session, so that messages may be missing"),
  TAKE_OVERS(
      Scope.MESSAGES,
      "session-taken-over-total",
      "Times that another client of the same client id took the session"),
  SUBSCRIPTIONS_REFUSED(
      Scope.MESSAGES,
      "subscription-refused-count",
      "Subscriptions that the broker refused when they were last asked for"),
  MESSAGES_PUBLISHED(
      Scope.SINK,
      "message-published-total",
      "Messages that the broker took, or of QoS 0 the network"),
  MESSAGES_REPEATED(
      Scope.SINK,
      "message-repeated-total",
      "Messages sent again because the connection broke or the broker asked to"),
  MESSAGES_REFUSED(
      Scope.SINK, "message-refused-total", "Messages that the broker refused for good"),
  MESSAGES_IN_FLIGHT(
      Scope.SINK, "message-in-flight-count", "Messages sent that the broker did not answer yet"),
  RECORDS_REPORTED(
      Scope.SINK,
      "record-reported-total",
      "Records that became no message, or a refused one, and were reported to the worker"),
  RECORDS_SKIPPED(Scope.SINK, "record-skipped-total", "Records without a value that were left out"),
  WRITES_DONE(Scope.COMMANDS, "write-done-total", "Writes of tags that the device took"),
  WRITES_REJECTED(
      Scope.COMMANDS, "write-rejected-total", "Writes that are not allowed and were not sent"),
  WRITES_EXPIRED(
      Scope.COMMANDS, "write-expired-total", "Writes that were too old and were not sent"),
  WRITES_FAILED(Scope.COMMANDS, "write-failed-total", "Writes that the device refused"),
  WRITES_UNKNOWN(
      Scope.COMMANDS,
      "write-unknown-total",
      "Writes that were sent, of which it is not known whether the device took them"),
  RESULTS_WAITING(
      Scope.COMMANDS, "result-waiting-count", "Commands whose results are not in Kafka yet"),
  DEVICES_CONNECTED(
      Scope.COMMANDS,
      "endpoint-connected-count",
      "Connections to endpoints of devices that are up");

  /** What kinds of tasks have a metric. */
  public enum Scope {
    /** All. */
    TASK,
    /** All of sources. */
    SOURCES,
    /** Those that read the tags of devices. */
    DEVICES,
    /** Those that take messages from a broker. */
    MESSAGES,
    /** Those of sinks. */
    SINK,
    /** Those of sinks that write the tags of devices. */
    COMMANDS;

    /** Whether tasks of a kind have the metrics of this scope. */
    public boolean includes(Scope kind) {
      boolean isSink = kind == SINK || kind == COMMANDS;
      return this == TASK
          || this == kind
          || (this == SOURCES && !isSink)
          || (this == SINK && kind == COMMANDS);
    }
  }

  private final Scope scope;
  private final String metricName;
  private final String description;

  TaskMetric(Scope scope, String metricName, String description) {
    this.scope = scope;
    this.metricName = metricName;
    this.description = description;
  }

  /** What kinds of tasks have it. */
  public Scope scope() {
    return scope;
  }

  /** The name as monitoring systems see it. */
  public String metricName() {
    return metricName;
  }

  /** What it counts, with its unit. */
  public String description() {
    return description;
  }
}
