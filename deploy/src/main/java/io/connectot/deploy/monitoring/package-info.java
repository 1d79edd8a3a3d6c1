// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * The files of {@code deploy/monitoring}: rules of the Prometheus JMX exporter, alert rules and a
 * Grafana dashboard. They are generated from typed code, so that no file names a metric that does
 * not exist.
 */
package io.connectot.deploy.monitoring;
