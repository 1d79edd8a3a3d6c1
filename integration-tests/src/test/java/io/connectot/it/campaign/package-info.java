// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Fault campaign: injects every fault into every connector and counts the results. */
package io.connectot.it.campaign;
