// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The newest state of every tag and device, read from the topics while there are requests. */
package io.connectot.console.plant;
