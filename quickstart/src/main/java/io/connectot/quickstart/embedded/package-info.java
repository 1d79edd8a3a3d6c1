// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Kafka and Kafka Connect without an installation: a broker, a worker and a REST client. */
package io.connectot.quickstart.embedded;
