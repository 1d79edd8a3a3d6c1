// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

/**
 * Every metric of a source task: the one list from which they are registered and documented. What
 * ends in {@code -total} only rises while the task runs.
 */
public enum Metric {
  CONNECTION_STATE(
      "connection-state", "Whether endpoints are connected: 0 none, 1 some, 2 all of the task's"),
  RECONNECTS("reconnect-total", "Connections established anew after a loss"),
  DEVICES("device-count", "Devices of the task"),
  DEVICES_ONLINE("device-online-count", "Devices whose last scan was answered"),
  DEVICES_DEGRADED(
      "device-degraded-count", "Devices whose scans have begun to fail but that are not given up"),
  DEVICES_OFFLINE(
      "device-offline-count", "Devices without a connection, or given up and only probed"),
  VALUES_READ("value-read-total", "Values that devices sent or answered, of any quality"),
  VALUES_BAD("value-bad-total", "Values of BAD quality among those read"),
  NEWEST_VALUE_AGE(
      "newest-value-age-ms",
      "Milliseconds since the task received its newest value that is not BAD; -1 before the first"),
  RECORDS_QUEUED("record-queued-total", "Records put into the buffer"),
  RECORDS_POLLED("record-polled-total", "Records handed to the Connect worker"),
  RECORDS_DELIVERED(
      "record-delivered-total", "Records that Kafka has, or that a transformation dropped"),
  RECORDS_UNACKNOWLEDGED(
      "record-unacknowledged-count", "Records handed to the worker that Kafka does not have yet"),
  BUFFER_RECORDS("buffer-record-count", "Records waiting in the buffer"),
  BUFFER_BYTES("buffer-bytes", "Estimated heap of the records waiting in the buffer, in bytes"),
  GAPS("gap-total", "Spans of time for which values are missing or may be missing"),
  SCANS("scan-total", "Scans of a device that ended, well or not"),
  SCANS_MISSED(
      "scan-missed-total",
      "Scans left out because the one before took too long or the buffer was full"),
  SCAN_TIME_AVG("scan-time-avg-ms", "Mean duration of a scan in the last minute, in milliseconds"),
  SCAN_TIME_MAX(
      "scan-time-max-ms", "Longest duration of a scan in the last minute, in milliseconds");

  private final String metricName;
  private final String description;

  Metric(String metricName, String description) {
    this.metricName = metricName;
    this.description = description;
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
