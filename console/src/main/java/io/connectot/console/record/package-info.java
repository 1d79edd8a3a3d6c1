// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads the records of the connectors, as a converter wrote them, into what the console shows. */
package io.connectot.console.record;
